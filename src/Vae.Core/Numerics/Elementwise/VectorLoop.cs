using System.Runtime.Intrinsics;
using Vae.Numerics.Simd;

namespace Vae.Numerics.Elementwise;

/// <summary>Takes a function over spans, with the widest vectors there are.</summary>
/// <remarks>The last elements go through the same vector code as the others, so a result does not depend on its place.</remarks>
internal static unsafe class VectorLoop
{
    /// <summary>y = f(x); y may be x.</summary>
    public static void Run<TFunction>(TFunction function, ReadOnlySpan<float> x, Span<float> y)
        where TFunction : struct, IFunction
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(y.Length, x.Length);
        fixed (float* px = x, py = y)
        {
            if (Vector512.IsHardwareAccelerated)
                Run<TFunction, SimdVector512>(function, px, py, x.Length);
            else if (Vector256.IsHardwareAccelerated)
                Run<TFunction, SimdVector256>(function, px, py, x.Length);
            else
                Run<TFunction, SimdVector128>(function, px, py, x.Length);
        }
    }

    /// <summary>result = f(value, gradient); result may be either of them.</summary>
    public static void Run<TFunction>(TFunction function, ReadOnlySpan<float> value, ReadOnlySpan<float> gradient, Span<float> result)
        where TFunction : struct, IGradientFunction
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(gradient.Length, value.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(result.Length, value.Length);
        fixed (float* pv = value, pg = gradient, pr = result)
        {
            if (Vector512.IsHardwareAccelerated)
                Run<TFunction, SimdVector512>(function, pv, pg, pr, value.Length);
            else if (Vector256.IsHardwareAccelerated)
                Run<TFunction, SimdVector256>(function, pv, pg, pr, value.Length);
            else
                Run<TFunction, SimdVector128>(function, pv, pg, pr, value.Length);
        }
    }

    /// <summary>The same with vectors of a given width.</summary>
    internal static void Run<TFunction, TVector>(TFunction function, float* x, float* y, nint count)
        where TFunction : struct, IFunction
        where TVector : unmanaged, ISimdVector<TVector>
    {
        nint i = 0;
        for (; i <= count - TVector.Count; i += TVector.Count)
            function.Of(TVector.Load(x + i)).Store(y + i);

        if (i < count)
        {
            float* rest = stackalloc float[Padding.Lanes];
            for (nint j = i; j < count; j++)
                rest[j - i] = x[j];

            function.Of(TVector.Load(rest)).Store(rest);
            for (; i < count; i++)
                y[i] = *rest++;
        }
    }

    /// <summary>The same with vectors of a given width.</summary>
    internal static void Run<TFunction, TVector>(TFunction function, float* value, float* gradient, float* result, nint count)
        where TFunction : struct, IGradientFunction
        where TVector : unmanaged, ISimdVector<TVector>
    {
        nint i = 0;
        for (; i <= count - TVector.Count; i += TVector.Count)
            function.Of(TVector.Load(value + i), TVector.Load(gradient + i)).Store(result + i);

        if (i < count)
        {
            float* rest = stackalloc float[2 * Padding.Lanes];
            for (nint j = i; j < count; j++)
            {
                rest[j - i] = value[j];
                rest[j - i + Padding.Lanes] = gradient[j];
            }

            function.Of(TVector.Load(rest), TVector.Load(rest + Padding.Lanes)).Store(rest);
            for (; i < count; i++)
                result[i] = *rest++;
        }
    }
}
