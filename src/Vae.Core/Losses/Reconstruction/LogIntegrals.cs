namespace Vae.Losses.Reconstruction;

/// <summary>log ∫ p(y|z)^{b+1} dy of a run of slots, with its gradients; written by <see cref="Likelihood.Integrate"/>.</summary>
internal readonly ref struct LogIntegrals
{
    /// <param name="scratch">At least 3 × <paramref name="length"/> floats to lie in.</param>
    /// <param name="withoutScale">Whether nobody needs <see cref="ScaleGradients"/>.</param>
    /// <param name="length">The number of slots.</param>
    public LogIntegrals(Span<float> scratch, bool withoutScale, int length)
    {
        Values = scratch[..length];
        Gradients = scratch.Slice(length, length);
        ScaleGradients = withoutScale ? default : scratch.Slice(2 * length, length);
    }

    private LogIntegrals(Span<float> values, Span<float> gradients, Span<float> scaleGradients)
    {
        Values = values;
        Gradients = gradients;
        ScaleGradients = scaleGradients;
    }

    /// <summary>The logarithm of each slot's integral (of the whole group's in its first slot, and 0 in the others, if the likelihood is a group's).</summary>
    public Span<float> Values { get; }

    /// <summary>∂/∂outputs of the logarithm of the integral that the slot belongs to.</summary>
    public Span<float> Gradients { get; }

    /// <summary>∂/∂log s of the logarithm of the slot's integral; or empty.</summary>
    public Span<float> ScaleGradients { get; }

    /// <summary>Some of the slots.</summary>
    public LogIntegrals Slice(int start, int length) => new(
        Values.Slice(start, length), Gradients.Slice(start, length), ScaleGradients.IsEmpty ? default : ScaleGradients.Slice(start, length));
}
