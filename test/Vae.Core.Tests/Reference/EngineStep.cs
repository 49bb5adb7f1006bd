using Vae.Networks;
using Vae.Numerics.Threads;
using Vae.Training.Engines;
using Vae.Training.Managed;
using Vae.Training.Rows;

namespace Vae.Tests.Reference;

/// <summary>The engine's answer to a <see cref="ReferenceProblem"/>.</summary>
internal sealed class EngineStep : IDisposable
{
    private readonly ParallelLoop _team;
    private readonly bool _parallel;
    private readonly RowBlock _block;
    private readonly int _rows;
    private readonly double _factor;

    /// <param name="problem">The minibatch and the network.</param>
    /// <param name="threads">The number of threads; more than 1 makes the engine split even small work.</param>
    public EngineStep(ReferenceProblem problem, int threads = 1)
    {
        _rows = problem.Rows.Length;
        _factor = problem.Factor;
        _team = new ParallelLoop(threads);
        _parallel = threads > 1;
        Parameters = new VaeParameters(new NetworkShape(problem.Layout, problem.Options));
        Import(problem.Tensors, Parameters.Weights);
        Import(problem.Buffers, Parameters.Buffers);
        bool anyMissing = problem.Rows.Any(row => row.Any(double.IsNaN));
        TrainingStep = new TrainingStep(problem.Layout, problem.Options, Parameters, new EngineRows(_rows, anyMissing, problem.TableRows));
        _block = new RowBlock(_rows, problem.Layout.RowWidth, problem.Layout.SlotCount, anyMissing) { Count = _rows };
        for (int row = 0; row < _rows; row++)
        {
            for (int slot = 0; slot < problem.Layout.RowWidth; slot++)
            {
                double value = problem.Rows[row][slot];
                _block.Values.Row(row)[slot] = double.IsNaN(value) ? 0 : (float)value;
                if (anyMissing && slot < problem.Layout.SlotCount) _block.Mask!.Row(row)[slot] = double.IsNaN(value) ? 0 : 1;
            }

            _block.Weights[row] = (float)problem.RowWeights[row];
            ToFloats(problem.Noise[row]).CopyTo(TrainingStep.Noise.Row(row));
        }
    }

    public VaeParameters Parameters { get; }

    public TrainingStep TrainingStep { get; }

    /// <summary>Losses averaged over the rows, and the gradients of a training step.</summary>
    public ReferenceLosses ForwardBackward() =>
        Averages(TrainingStep.ForwardBackward(_block, 0, _rows, new StepSettings(0, 0, _factor), _team, _parallel));

    /// <summary>Losses averaged over the rows, as validation computes them.</summary>
    public ReferenceLosses Evaluate() => Averages(TrainingStep.Evaluate(_block, 0, _rows, _team, _parallel));

    public void Dispose() => _team.Dispose();

    private static ReferenceLosses Averages(LossSums sums) => new(
        sums.Loss / sums.Rows, sums.Reconstruction / sums.Rows, sums.KullbackLeibler / sums.Rows, sums.Regularizer / sums.Rows);

    private static void Import(Dictionary<string, double[]> values, TensorSet target)
    {
        foreach (var (name, numbers) in values)
            target.Import(name, ToFloats(numbers));
    }

    private static float[] ToFloats(double[] values) => Array.ConvertAll(values, value => (float)value);
}
