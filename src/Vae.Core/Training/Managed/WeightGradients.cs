using Vae.Losses;
using Vae.Numerics.Threads;

namespace Vae.Training.Managed;

/// <summary>
/// The gradients of the dense layers' weights, after the backward passes and over all rows of the minibatch. On several threads a layer's
/// weights are cut into pieces; a weight's gradient does not depend on that.
/// </summary>
internal sealed class WeightGradients
{
    private const int PieceInputs = 64;

    private readonly DenseLayer[] _layers;
    private readonly (DenseLayer Layer, int First, int Count)[] _pieces;
    private readonly StepLoop _transpositions;
    private readonly StepLoop _gradients;

    public WeightGradients(DenseLayer[] layers)
    {
        _layers = layers;
        _pieces = [.. layers.SelectMany(PiecesOf)];
        _transpositions = new StepLoop((_, index) => _layers[index].PrepareBackward());
        _gradients = new StepLoop((step, index) => _pieces[index].Layer.WeightGradient(step, _pieces[index].First, _pieces[index].Count));
    }

    /// <summary>What the layers need before their backward passes.</summary>
    public void Prepare(StepInfo step, ParallelLoop team, bool parallel) => _transpositions.Run(step, _layers.Length, team, parallel);

    /// <summary>Computes the gradients.</summary>
    public void Run(StepInfo step, ParallelLoop team, bool parallel)
    {
        if (parallel)
        {
            _gradients.Run(step, _pieces.Length, team, parallel);
            return;
        }

        foreach (var layer in _layers)
            layer.WeightGradient(step, 0, layer.Inputs);
    }

    private static IEnumerable<(DenseLayer Layer, int First, int Count)> PiecesOf(DenseLayer layer)
    {
        for (int first = 0; first < layer.Inputs; first += PieceInputs)
            yield return (layer, first, Math.Min(PieceInputs, layer.Inputs - first));
    }
}
