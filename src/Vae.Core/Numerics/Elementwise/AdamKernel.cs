using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Vae.Numerics.Simd;

namespace Vae.Numerics.Elementwise;

/// <summary>One step of Adam with decoupled weight decay (Loshchilov and Hutter, 2019), in one pass over memory.</summary>
internal static unsafe class AdamKernel
{
    /// <summary>
    /// With g = gradientScale · gradient:
    /// w ← w − η·λ·w; m ← β₁m + (1 − β₁)g; v ← β₂v + (1 − β₂)g²; w ← w − (η/c₁)·m / (√v/√c₂ + ε).
    /// </summary>
    /// <param name="values">The weights w.</param>
    /// <param name="gradients">Their gradients; not changed.</param>
    /// <param name="firstMoments">m, which starts at 0.</param>
    /// <param name="secondMoments">v, which starts at 0.</param>
    /// <param name="learningRate">η.</param>
    /// <param name="beta1">β₁, of the running mean of gradients.</param>
    /// <param name="beta2">β₂, of the running mean of squared gradients.</param>
    /// <param name="epsilon">ε, which keeps the denominator above 0.</param>
    /// <param name="weightDecay">λ.</param>
    /// <param name="biasCorrection1">c₁ = 1 − β₁ᵗ at step t = 1, 2, …</param>
    /// <param name="biasCorrection2">c₂ = 1 − β₂ᵗ.</param>
    /// <param name="gradientScale">Multiplies every gradient, for clipping by norm.</param>
    public static void Update(
        Span<float> values, ReadOnlySpan<float> gradients, Span<float> firstMoments, Span<float> secondMoments,
        double learningRate, double beta1, double beta2, double epsilon, double weightDecay,
        double biasCorrection1, double biasCorrection2, double gradientScale)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(gradients.Length, values.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(firstMoments.Length, values.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(secondMoments.Length, values.Length);
        var step = new AdamStep(
            (float)gradientScale, (float)(1 - beta1), (float)beta2, (float)(1 - beta2),
            (float)(1 / Math.Sqrt(biasCorrection2)), (float)epsilon, (float)(-learningRate / biasCorrection1), (float)(-learningRate * weightDecay));
        fixed (float* w = values, g = gradients, m = firstMoments, v = secondMoments)
        {
            if (Vector512.IsHardwareAccelerated)
                Run<SimdVector512>(step, w, g, m, v, values.Length);
            else if (Vector256.IsHardwareAccelerated)
                Run<SimdVector256>(step, w, g, m, v, values.Length);
            else
                Run<SimdVector128>(step, w, g, m, v, values.Length);
        }
    }

    /// <summary>The same with vectors of a given width.</summary>
    internal static void Run<TVector>(AdamStep step, float* w, float* g, float* m, float* v, nint count)
        where TVector : unmanaged, ISimdVector<TVector>
    {
        nint i = 0;
        for (; i <= count - TVector.Count; i += TVector.Count)
            step.Apply<TVector>(w + i, g + i, m + i, v + i);

        if (i < count)
        {
            uint bytes = (uint)(count - i) * sizeof(float);
            float* rest = stackalloc float[4 * Padding.Lanes];
            Unsafe.CopyBlockUnaligned(rest, w + i, bytes);
            Unsafe.CopyBlockUnaligned(rest + Padding.Lanes, g + i, bytes);
            Unsafe.CopyBlockUnaligned(rest + 2 * Padding.Lanes, m + i, bytes);
            Unsafe.CopyBlockUnaligned(rest + 3 * Padding.Lanes, v + i, bytes);
            step.Apply<TVector>(rest, rest + Padding.Lanes, rest + 2 * Padding.Lanes, rest + 3 * Padding.Lanes);
            Unsafe.CopyBlockUnaligned(w + i, rest, bytes);
            Unsafe.CopyBlockUnaligned(m + i, rest + 2 * Padding.Lanes, bytes);
            Unsafe.CopyBlockUnaligned(v + i, rest + 3 * Padding.Lanes, bytes);
        }
    }
}
