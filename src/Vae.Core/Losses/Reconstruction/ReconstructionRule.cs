using Vae.Losses.Noise;
using Vae.Options;

namespace Vae.Losses.Reconstruction;

/// <summary>How the slots' −log p become the reconstruction term of a row.</summary>
internal abstract class ReconstructionRule
{
    /// <summary>A robustness below this is none: the limit is −log p, and a reciprocal would overflow single precision.</summary>
    private const double Negligible = 1e-30;

    /// <summary>How many spans of D floats <see cref="Combine"/> needs as scratch.</summary>
    public virtual int ScratchRows => 0;

    /// <summary>Combines the slots of one row, in place.</summary>
    /// <param name="outputs">The decoder's outputs [D].</param>
    /// <param name="mask">1 where a value was observed and 0 where it is missing [D]; empty if nothing is missing.</param>
    /// <param name="noise">The noise scales.</param>
    /// <param name="terms">−log p of each slot [D]; receives each slot's share of the reconstruction term.</param>
    /// <param name="gradients">∂(−log p)/∂outputs [D]; receives ∂rec/∂outputs.</param>
    /// <param name="scaleGradients">∂(−log p)/∂log s [D], or empty; receives ∂rec/∂log s.</param>
    /// <param name="scratch"><see cref="ScratchRows"/> × D floats.</param>
    /// <returns>The reconstruction term of the row.</returns>
    public abstract float Combine(
        ReadOnlySpan<float> outputs, ReadOnlySpan<float> mask, SlotScales noise,
        Span<float> terms, Span<float> gradients, Span<float> scaleGradients, Span<float> scratch);

    /// <summary>The rule that the options ask for.</summary>
    public static ReconstructionRule Create(VaeOptions options, Likelihood[] likelihoods)
    {
        if (options.Robustness < Negligible) return new LogLikelihoodRule();
        return options.RobustnessForm == RobustnessForm.PerSlot
            ? new RobustSlotRule(likelihoods, options.Robustness)
            : new RobustRowRule(likelihoods, options.Robustness);
    }
}
