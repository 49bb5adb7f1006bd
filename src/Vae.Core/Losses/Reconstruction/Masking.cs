using System.Numerics.Tensors;

namespace Vae.Losses.Reconstruction;

/// <summary>Leaves missing values out.</summary>
internal static class Masking
{
    /// <summary>Sets the terms and gradients of missing values to 0.</summary>
    public static void Apply(ReadOnlySpan<float> mask, Span<float> terms, Span<float> gradients, Span<float> scaleGradients)
    {
        if (mask.IsEmpty) return;
        TensorPrimitives.Multiply(terms, mask, terms);
        TensorPrimitives.Multiply(gradients, mask, gradients);
        if (!scaleGradients.IsEmpty) TensorPrimitives.Multiply(scaleGradients, mask, scaleGradients);
    }
}
