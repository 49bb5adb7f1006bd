using Vae.Options;

namespace Vae.Losses.Reconstruction;

/// <summary>How the slots' −log p become the reconstruction term of a row.</summary>
internal abstract class ReconstructionRule
{
    /// <summary>How many spans of D floats <see cref="Combine"/> needs as scratch.</summary>
    public virtual int ScratchRows => 0;

    /// <summary>Combines the slots of one row, in place.</summary>
    /// <param name="row">All slots of the row.</param>
    /// <param name="mask">1 where a value was observed and 0 where it is missing; empty if nothing is missing.</param>
    /// <param name="terms">
    /// −log p of each slot and its derivatives; receives each slot's share of the reconstruction term and its derivatives.
    /// </param>
    /// <param name="scratch"><see cref="ScratchRows"/> × D floats.</param>
    /// <returns>The reconstruction term of the row.</returns>
    public abstract float Combine(in SlotValues row, ReadOnlySpan<float> mask, in SlotTerms terms, Span<float> scratch);

    /// <summary>The rule that the options ask for.</summary>
    public static ReconstructionRule Create(VaeOptions options, Likelihood[] likelihoods)
    {
        if (!options.IsRobust) return new LogLikelihoodRule();
        return options.RobustnessForm == RobustnessForm.PerSlot
            ? new RobustSlotRule(likelihoods, options.Robustness)
            : new RobustRowRule(likelihoods, options.Robustness);
    }
}
