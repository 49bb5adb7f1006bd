using Vae.Options;
using Vae.TorchSharp.Numerics;
using static TorchSharp.torch;

namespace Vae.TorchSharp.Losses;

/// <summary>The posteriors and latent samples of a minibatch, as the regularizers see them.</summary>
internal sealed class TorchLatentPosterior
{
    /// <param name="head">The encoder's outputs: μ and the unclamped log σ² [rows × 2k].</param>
    /// <param name="draws">ε and, if the regularizer needs it, a sample of the prior.</param>
    /// <param name="rowWeights">The weight of each row in the average over the minibatch [rows].</param>
    public TorchLatentPosterior(Tensor head, StepDraws draws, Tensor rowWeights)
    {
        long dimension = draws.Noise.shape[1];
        Mean = head.narrow(1, 0, dimension);
        LogVariance = head.narrow(1, dimension, dimension).Between(VaeOptions.SmallestLogVariance, VaeOptions.LargestLogVariance);
        Latent = Mean.Plus(LogVariance.Times(0.5).exp() * draws.Noise);
        Prior = draws.Prior;
        RowWeights = rowWeights;
        DimensionDivergences = ((Mean * Mean).Plus(LogVariance.exp()) - LogVariance).Plus(-1).Times(0.5);
        Divergence = RowWeights.dot(DimensionDivergences.sum(1));
    }

    /// <summary>μ [rows × k].</summary>
    public Tensor Mean { get; }

    /// <summary>log σ² within its bounds [rows × k].</summary>
    public Tensor LogVariance { get; }

    /// <summary>z = μ + σ ⊙ ε [rows × k].</summary>
    public Tensor Latent { get; }

    /// <summary>A sample of N(0, I), as large as the minibatch [rows × k]; null if the regularizer needs none.</summary>
    public Tensor? Prior { get; }

    /// <summary>The weight of each row in the average over the minibatch: (its own weight) / rows.</summary>
    public Tensor RowWeights { get; }

    /// <summary>Whether any row has a weight; a row without one has no influence, whatever the term.</summary>
    public Tensor HasWeight => RowWeights.sum().IsAbove(0);

    /// <summary>KL of each dimension [rows × k].</summary>
    public Tensor DimensionDivergences { get; }

    /// <summary>KL(q(z|x) ‖ N(0, I)), averaged over the rows.</summary>
    public Tensor Divergence { get; }
}
