using System.Runtime.Intrinsics;
using Vae.Numerics.Simd;

namespace Vae.Numerics.Elementwise;

/// <summary>
/// Takes a function over spans, with the widest vectors there are. Results of a tiny magnitude are 0 (<see cref="TinyNumbers"/>).
/// </summary>
/// <remarks>
/// A result span may be an argument itself, but may not otherwise overlap one. The last elements go through the same vector code as the
/// others, so the result for an element depends neither on its place in the span nor on the machine. That code stands in a loop once:
/// twice, it is more than the compiler inlines.
/// </remarks>
internal static unsafe class VectorLoop
{
    /// <summary>y = f(x).</summary>
    public static void Apply<TFunction>(ReadOnlySpan<float> x, Span<float> y)
        where TFunction : IFunction
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(y.Length, x.Length);
        fixed (float* px = x, py = y)
        {
            if (Vector512.IsHardwareAccelerated)
                Apply<TFunction, SimdVector512>(px, py, x.Length);
            else if (Vector256.IsHardwareAccelerated)
                Apply<TFunction, SimdVector256>(px, py, x.Length);
            else
                Apply<TFunction, SimdVector128>(px, py, x.Length);
        }
    }

    /// <summary>dx = f′(x) · dy, given x and y = f(x).</summary>
    public static void Differentiate<TActivation>(ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx)
        where TActivation : IActivation
    {
        var value = TActivation.GradientNeedsInput ? x : y;
        ArgumentOutOfRangeException.ThrowIfNotEqual(dy.Length, value.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(dx.Length, value.Length);
        fixed (float* pv = value, pdy = dy, pdx = dx)
        {
            if (Vector512.IsHardwareAccelerated)
                Differentiate<TActivation, SimdVector512>(pv, pdy, pdx, value.Length);
            else if (Vector256.IsHardwareAccelerated)
                Differentiate<TActivation, SimdVector256>(pv, pdy, pdx, value.Length);
            else
                Differentiate<TActivation, SimdVector128>(pv, pdy, pdx, value.Length);
        }
    }

    /// <summary>The same with vectors of a given width.</summary>
    internal static void Apply<TFunction, TVector>(float* x, float* y, nint count)
        where TFunction : IFunction
        where TVector : unmanaged, ISimdVector<TVector>
    {
        nint i = 0;
        for (; i <= count - TVector.Count; i += TVector.Count)
            TinyNumbers.ToZero(TFunction.Of(TVector.Load(x + i))).Store(y + i);

        if (i < count)
        {
            float* rest = stackalloc float[Padding.WidestVector];
            for (nint j = i; j < count; j++)
                rest[j - i] = x[j];

            Apply<TFunction, TVector>(rest, rest, TVector.Count);
            for (; i < count; i++)
                y[i] = *rest++;
        }
    }

    /// <summary>The same with vectors of a given width; the value is x or y as the activation says.</summary>
    internal static void Differentiate<TActivation, TVector>(float* value, float* dy, float* dx, nint count)
        where TActivation : IActivation
        where TVector : unmanaged, ISimdVector<TVector>
    {
        nint i = 0;
        for (; i <= count - TVector.Count; i += TVector.Count)
            TinyNumbers.ToZero(TActivation.Gradient(TVector.Load(value + i), TVector.Load(dy + i))).Store(dx + i);

        if (i < count)
        {
            float* rest = stackalloc float[2 * Padding.WidestVector];
            for (nint j = i; j < count; j++)
            {
                rest[j - i] = value[j];
                rest[j - i + Padding.WidestVector] = dy[j];
            }

            Differentiate<TActivation, TVector>(rest, rest + Padding.WidestVector, rest, TVector.Count);
            for (; i < count; i++)
                dx[i] = *rest++;
        }
    }
}
