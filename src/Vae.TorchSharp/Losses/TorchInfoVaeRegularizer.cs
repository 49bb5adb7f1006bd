using Vae.Options;
using Vae.TorchSharp.Numerics;
using static TorchSharp.torch;

namespace Vae.TorchSharp.Losses;

/// <summary>
/// (1 − α)·KL + (α + λ − 1)·MMD: the discrepancy between the minibatch's z, with their weights, and as many prior samples, pairs of a row
/// with itself left out. A single row has none.
/// </summary>
internal sealed class TorchInfoVaeRegularizer(InfoVaeOptions options) : TorchRegularizer
{
    public override Tensor Evaluate(TorchLatentPosterior posterior, double factor)
    {
        var term = posterior.Divergence.Times(factor * options.DivergenceWeight);
        return posterior.Latent.shape[0] < 2 ? term : term.Plus(Discrepancy(posterior).Times(factor * options.DiscrepancyWeight));
    }

    private Tensor Discrepancy(TorchLatentPosterior posterior)
    {
        var prior = posterior.Prior ?? throw new InvalidOperationException("The maximum mean discrepancy needs a sample of the prior.");
        var weights = posterior.RowWeights;
        long rows = weights.shape[0];
        var exact = weights.to(ScalarType.Float64);
        var all = exact.sum() * exact.sum();
        var exactPairs = all - exact.dot(exact);
        var isSpread = (exactPairs - all.Times(InfoVaeOptions.NegligiblePairs)).IsAbove(0);

        // Where one row weighs everything the discrepancy is left out; what is computed of it must only be finite.
        var pairs = exactPairs.to(weights.dtype).where(isSpread, ones_like(weights.sum()));
        var total = weights.sum().where(isSpread, pairs);

        var latentKernel = Kernel(posterior.Latent, posterior.Latent);
        var amongLatents = weights.dot((latentKernel - Diagonal(latentKernel).diag()).mv(weights)) / pairs;
        var priorKernel = Kernel(prior, prior);
        var amongPriors = (priorKernel.sum() - Diagonal(priorKernel).sum()).Times(1.0 / (rows * (rows - 1)));
        var across = weights.dot(Kernel(posterior.Latent, prior).sum(1)) / total;
        return (amongLatents.Plus(amongPriors) - across.Times(2.0 / rows)) * isSpread;
    }

    /// <summary>k(u, v) of all pairs of rows, from ‖u − v‖² = ‖u‖² + ‖v‖² − 2·u·v.</summary>
    private Tensor Kernel(Tensor u, Tensor v)
    {
        var distances = (u * u).sum(1).unsqueeze(1).Plus((v * v).sum(1).unsqueeze(0)) - u.mm(v.t()).Times(2);
        double width = options.KernelWidth(u.shape[1]);
        if (options.Kernel == LatentKernel.RadialBasisFunction) return distances.Times(-1 / width).exp();
        var terms = InfoVaeOptions.KernelScales.Select(scale => distances.Times(1 / (scale * width)).Plus(1).reciprocal());
        return terms.Aggregate(ScalarArithmetic.Plus);
    }

    private static Tensor Diagonal(Tensor matrix) => matrix.diagonal(0, 0, 1);
}
