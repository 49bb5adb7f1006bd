using static TorchSharp.torch;


namespace Vae.TorchSharp.Losses;

/// <summary>
/// −log p(x|z) of the slots that share a likelihood, in torch operations: what a <see cref="Vae.Losses.Reconstruction.Likelihood"/> is to
/// a row.
/// </summary>
internal abstract class TorchLikelihood : IDisposable
{
    /// <summary>The number of observations in a row.</summary>
    public abstract int Observations { get; }

    /// <summary>−log p of each observation [rows × observations]; an observation is a slot, or a group with a joint likelihood.</summary>
    /// <param name="outputs">The decoder's outputs for all slots [rows × D].</param>
    /// <param name="targets">The standardized rows, 0 where missing [rows × D].</param>
    /// <param name="logScale">log s: one value or one per numeric slot; null without numeric slots.</param>
    public abstract Tensor Evaluate(Tensor outputs, Tensor targets, Tensor? logScale);

    /// <summary>log ∫ p(y|z)^{b+1} dy of each observation, which the β-divergence needs; broadcasts to [rows × observations].</summary>
    /// <param name="robustness">b &gt; 0.</param>
    /// <param name="outputs">The decoder's outputs for all slots [rows × D].</param>
    /// <param name="logScale">log s: one value or one per numeric slot; null without numeric slots.</param>
    public abstract Tensor LogIntegral(double robustness, Tensor outputs, Tensor? logScale);

    /// <summary>1 for each observed observation and 0 for each missing one [rows × observations].</summary>
    /// <param name="mask">The same by slot [rows × D].</param>
    public abstract Tensor Observed(Tensor mask);

    public abstract void Dispose();
}
