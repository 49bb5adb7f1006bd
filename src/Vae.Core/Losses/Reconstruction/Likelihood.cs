using Vae.Losses.Noise;

namespace Vae.Losses.Reconstruction;

/// <summary>
/// −log p(x|z) of a run of slots, given the decoder's outputs for them. A likelihood knows one row at a time; the spans it gets start at its
/// first slot and are <see cref="Length"/> long.
/// </summary>
internal abstract class Likelihood(int start, int length)
{
    /// <summary>The first slot.</summary>
    public int Start { get; } = start;

    /// <summary>The number of slots.</summary>
    public int Length { get; } = length;

    /// <summary>Whether the run is one observation, whose term stands in its first slot.</summary>
    public virtual bool IsJoint => false;

    /// <summary>Evaluates one row.</summary>
    /// <param name="outputs">The decoder's outputs.</param>
    /// <param name="targets">The standardized values; missing ones are 0.</param>
    /// <param name="noise">The noise scales, by slot of the row.</param>
    /// <param name="terms">Receives −log p of each slot (of the whole group in its first slot if the likelihood is a group's).</param>
    /// <param name="gradients">Receives ∂(Σ terms)/∂outputs.</param>
    /// <param name="scaleGradients">Receives ∂terms/∂log s, or is empty if nobody needs it.</param>
    public abstract void Evaluate(
        ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, SlotScales noise, Span<float> terms, Span<float> gradients, Span<float> scaleGradients);

    /// <summary>log ∫ p(y|z)^{b+1} dy of each observation, which the β-divergence needs.</summary>
    /// <param name="robustness">b &gt; 0.</param>
    /// <param name="outputs">The decoder's outputs.</param>
    /// <param name="noise">The noise scales, by slot of the row.</param>
    /// <param name="integrals">Receives the logarithms and their gradients.</param>
    public abstract void Integrate(float robustness, ReadOnlySpan<float> outputs, SlotScales noise, LogIntegrals integrals);

    /// <summary>Turns the decoder's outputs into the expected values of the slots: means and probabilities.</summary>
    public abstract void Predict(Span<float> outputs);

    /// <summary>Turns the expected values of numeric slots into values drawn from p(x|z); does nothing to other slots.</summary>
    /// <param name="outputs">The expected values; receives the drawn ones.</param>
    /// <param name="noise">The noise scales, by slot of the row.</param>
    /// <param name="random">What to draw with.</param>
    public virtual void AddNoise(Span<float> outputs, SlotScales noise, Random random)
    {
    }
}
