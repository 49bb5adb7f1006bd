using System.Numerics.Tensors;
using Vae.Losses.Noise;

namespace Vae.Losses.Reconstruction;

/// <summary>What is known of a run of slots of one row: what the decoder expects there and what the row has there.</summary>
/// <param name="outputs">The decoder's outputs.</param>
/// <param name="targets">The standardized values; missing ones are 0.</param>
/// <param name="scales">The noise scales, by slot of the row.</param>
internal readonly ref struct SlotValues(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, SlotScales scales)
{
    public ReadOnlySpan<float> Outputs { get; } = outputs;

    public ReadOnlySpan<float> Targets { get; } = targets;

    /// <summary>The noise scales, by slot of the row whichever slots these are.</summary>
    public SlotScales Scales { get; } = scales;

    /// <summary>Some of the slots.</summary>
    public SlotValues Slice(int start, int length) => new(Outputs.Slice(start, length), Targets.Slice(start, length), Scales);
}

/// <summary>
/// A number for each of a run of slots, and its derivatives. An observation of several slots has its number in the first of them.
/// </summary>
internal readonly ref struct SlotTerms
{
    /// <param name="values">The numbers.</param>
    /// <param name="gradients">∂(Σ values)/∂outputs.</param>
    /// <param name="scaleGradients">∂values/∂log s, or empty if nobody needs it.</param>
    public SlotTerms(Span<float> values, Span<float> gradients, Span<float> scaleGradients)
    {
        Values = values;
        Gradients = gradients;
        ScaleGradients = scaleGradients;
    }

    /// <summary>Terms that lie in scratch memory.</summary>
    /// <param name="scratch">At least 3 × <paramref name="length"/> floats.</param>
    /// <param name="withoutScale">Whether nobody needs <see cref="ScaleGradients"/>.</param>
    /// <param name="length">The number of slots.</param>
    public SlotTerms(Span<float> scratch, bool withoutScale, int length)
        : this(scratch[..length], scratch.Slice(length, length), withoutScale ? default : scratch.Slice(2 * length, length))
    {
    }

    /// <summary>The numbers.</summary>
    public Span<float> Values { get; }

    /// <summary>∂(Σ values)/∂outputs.</summary>
    public Span<float> Gradients { get; }

    /// <summary>∂values/∂log s, or empty if nobody needs it.</summary>
    public Span<float> ScaleGradients { get; }

    /// <summary>Some of the slots.</summary>
    public SlotTerms Slice(int start, int length) => new(
        Values.Slice(start, length), Gradients.Slice(start, length),
        ScaleGradients.IsEmpty ? default : ScaleGradients.Slice(start, length));

    /// <summary>Sets the numbers and derivatives of missing values to 0.</summary>
    /// <param name="mask">1 where a value was observed and 0 where it is missing; empty if nothing is missing.</param>
    public void LeaveOutMissing(ReadOnlySpan<float> mask)
    {
        if (mask.IsEmpty) return;
        TensorPrimitives.Multiply(Values, mask, Values);
        TensorPrimitives.Multiply(Gradients, mask, Gradients);
        if (!ScaleGradients.IsEmpty) TensorPrimitives.Multiply(ScaleGradients, mask, ScaleGradients);
    }
}
