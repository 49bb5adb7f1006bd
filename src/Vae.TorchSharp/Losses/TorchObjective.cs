using Vae.Options;
using Vae.TorchSharp.Numerics;
using Vae.Training.Engines;
using static TorchSharp.torch;


namespace Vae.TorchSharp.Losses;

/// <summary>The loss of a minibatch: reconstructionWeight·reconstruction + regularizer.</summary>
internal sealed class TorchObjective(
    VaeOptions options, EngineRows table, TorchReconstructionObjective reconstruction, TorchNoiseScale noiseScale) : IDisposable
{
    private readonly TorchRegularizer _regularizer = TorchRegularizer.Create(options.Regularizer, table.TableRows);

    /// <summary>
    /// The loss, averaged over the rows, and its parts for the history: reconstruction, KL, regularizer, the loss again, and the loss at
    /// the regularizer's full weight [5].
    /// </summary>
    /// <param name="rows">The minibatch.</param>
    /// <param name="posterior">What the encoder made of it.</param>
    /// <param name="outputs">What the decoder made of that [rows × D].</param>
    /// <param name="factor">The schedule's factor on the regularizer.</param>
    public (Tensor Loss, Tensor Parts) Evaluate(TorchMinibatch rows, TorchLatentPosterior posterior, Tensor outputs, double factor)
    {
        var terms = reconstruction.Evaluate(outputs, rows.Targets, rows.Mask, noiseScale.LogScale());
        var reconstructed = rows.Weights.dot(terms);
        var regularizer = Regularize(rows, posterior, factor);
        var loss = reconstructed.Times(options.ReconstructionWeight).Plus(regularizer);
        var full = factor == 1 ? loss : reconstructed.Times(options.ReconstructionWeight).Plus(Regularize(rows, posterior, 1));
        return (loss, stack([reconstructed.detach(), posterior.Divergence.detach(), regularizer.detach(), loss.detach(), full.detach()]));
    }

    /// <summary>The regularizer, and λ/2·|μ − a|² where rows have anchors.</summary>
    private Tensor Regularize(TorchMinibatch rows, TorchLatentPosterior posterior, double factor)
    {
        var regularizer = _regularizer.Evaluate(posterior, factor);
        if (rows.Anchors is null) return regularizer;
        var distance = posterior.Mean - rows.Anchors;
        return regularizer.Plus(rows.Weights.dot((distance * distance).sum(1)).Times(table.AnchorWeight / 2));
    }

    public void Dispose()
    {
        reconstruction.Dispose();
        noiseScale.Dispose();
    }
}
