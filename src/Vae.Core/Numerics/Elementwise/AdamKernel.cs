using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Vae.Numerics.Simd;

namespace Vae.Numerics.Elementwise;

/// <summary>One step of Adam with decoupled weight decay (Loshchilov and Hutter, 2019), in one pass over memory.</summary>
internal static unsafe class AdamKernel
{
    /// <summary>Takes one step.</summary>
    /// <param name="step">The numbers of the step.</param>
    /// <param name="values">The weights w.</param>
    /// <param name="gradients">Their gradients; not changed.</param>
    /// <param name="firstMoments">m, which starts at 0.</param>
    /// <param name="secondMoments">v, which starts at 0.</param>
    public static void Update(
        AdamStep step, Span<float> values, ReadOnlySpan<float> gradients, Span<float> firstMoments, Span<float> secondMoments)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(gradients.Length, values.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(firstMoments.Length, values.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(secondMoments.Length, values.Length);
        fixed (float* w = values, g = gradients, m = firstMoments, v = secondMoments)
        {
            if (Vector512.IsHardwareAccelerated)
                Update<SimdVector512>(step, w, g, m, v, values.Length);
            else if (Vector256.IsHardwareAccelerated)
                Update<SimdVector256>(step, w, g, m, v, values.Length);
            else
                Update<SimdVector128>(step, w, g, m, v, values.Length);
        }
    }

    /// <summary>The same with vectors of a given width.</summary>
    internal static void Update<TVector>(AdamStep step, float* w, float* g, float* m, float* v, nint count)
        where TVector : unmanaged, ISimdVector<TVector>
    {
        nint i = 0;
        for (; i <= count - TVector.Count; i += TVector.Count)
            step.Apply<TVector>(w + i, g + i, m + i, v + i);

        if (i < count)
        {
            uint bytes = (uint)(count - i) * sizeof(float);
            float* restOfW = stackalloc float[4 * Padding.WidestVector];
            float* restOfG = restOfW + Padding.WidestVector;
            float* restOfM = restOfG + Padding.WidestVector;
            float* restOfV = restOfM + Padding.WidestVector;
            Unsafe.CopyBlockUnaligned(restOfW, w + i, bytes);
            Unsafe.CopyBlockUnaligned(restOfG, g + i, bytes);
            Unsafe.CopyBlockUnaligned(restOfM, m + i, bytes);
            Unsafe.CopyBlockUnaligned(restOfV, v + i, bytes);
            step.Apply<TVector>(restOfW, restOfG, restOfM, restOfV);
            Unsafe.CopyBlockUnaligned(w + i, restOfW, bytes);
            Unsafe.CopyBlockUnaligned(m + i, restOfM, bytes);
            Unsafe.CopyBlockUnaligned(v + i, restOfV, bytes);
        }
    }
}

/// <summary>
/// The numbers of step t = 1, 2, … of Adam. With g = gradientScale · gradient, c₁ = 1 − β₁ᵗ and c₂ = 1 − β₂ᵗ:
/// w ← w − η·λ·w; m ← β₁m + (1 − β₁)g; v ← β₂v + (1 − β₂)g²; w ← w − (η/c₁)·m / (√v/√c₂ + ε). What is tiny of w, m and v is kept as 0
/// (<see cref="TinyNumbers"/>): a unit without a gradient would leave m subnormal for ever.
/// </summary>
/// <param name="number">t.</param>
/// <param name="learningRate">η.</param>
/// <param name="beta1">β₁, of the running mean of gradients.</param>
/// <param name="beta2">β₂, of the running mean of squared gradients.</param>
/// <param name="epsilon">ε, which keeps the denominator above 0.</param>
/// <param name="weightDecay">λ.</param>
/// <param name="gradientScale">Multiplies every gradient, for clipping by norm.</param>
internal readonly unsafe struct AdamStep(
    long number, double learningRate, double beta1, double beta2, double epsilon, double weightDecay, double gradientScale)
{
    private readonly float _gradientScale = (float)gradientScale;
    private readonly float _gradientPart1 = (float)(1 - beta1);
    private readonly float _beta2 = (float)beta2;
    private readonly float _gradientPart2 = (float)(1 - beta2);
    private readonly float _denominatorScale = (float)(1 / Math.Sqrt(1 - (float)Math.Pow(beta2, number)));
    private readonly float _epsilon = (float)epsilon;
    private readonly float _negativeRate = (float)(-learningRate / (1 - (float)Math.Pow(beta1, number)));
    private readonly float _negativeDecay = (float)(-learningRate * weightDecay);

    /// <summary>Updates one vector of weights w and of the moments m and v from the gradients g.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Apply<TVector>(float* w, float* g, float* m, float* v)
        where TVector : unmanaged, ISimdVector<TVector>
    {
        var gradient = TVector.Load(g) * TVector.Broadcast(_gradientScale);
        var first = TVector.Load(m);
        first = TVector.MultiplyAdd(gradient - first, TVector.Broadcast(_gradientPart1), first);
        TinyNumbers.ToZero(first).Store(m);

        var second = TVector.MultiplyAdd(
            TVector.Load(v), TVector.Broadcast(_beta2), gradient * gradient * TVector.Broadcast(_gradientPart2));
        TinyNumbers.ToZero(second).Store(v);

        var denominator = TVector.MultiplyAdd(TVector.Sqrt(second), TVector.Broadcast(_denominatorScale), TVector.Broadcast(_epsilon));
        var weight = TVector.Load(w);
        weight = TVector.MultiplyAdd(weight, TVector.Broadcast(_negativeDecay), weight);
        TinyNumbers.ToZero(TVector.MultiplyAdd(TVector.Broadcast(_negativeRate), first / denominator, weight)).Store(w);
    }
}
