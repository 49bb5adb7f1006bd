using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Vae.Numerics.Elementwise;
using Vae.Numerics.Simd;
using Vae.Options;

namespace Vae.Networks;

/// <summary>The activation functions and their derivatives, chosen at run time. The derivative of the identity needs none.</summary>
internal static unsafe class ActivationFunction
{
    /// <summary>y = f(x); y may be x.</summary>
    public static void Apply(Activation activation, ReadOnlySpan<float> x, Span<float> y)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(y.Length, x.Length);
        fixed (float* px = x, py = y)
        {
            if (Vector512.IsHardwareAccelerated)
                Apply<SimdVector512>(activation, px, py, x.Length);
            else if (Vector256.IsHardwareAccelerated)
                Apply<SimdVector256>(activation, px, py, x.Length);
            else
                Apply<SimdVector128>(activation, px, py, x.Length);
        }
    }

    /// <summary>y = f(x) with vectors of one width.</summary>
    public static void Apply<TVector>(Activation activation, float* x, float* y, nint count)
        where TVector : unmanaged, ISimdVector<TVector>
    {
        switch (activation)
        {
            case Activation.Identity: VectorLoop.Apply<Identity, TVector>(x, y, count); break;
            case Activation.ReLU: VectorLoop.Apply<Relu, TVector>(x, y, count); break;
            case Activation.LeakyReLU: VectorLoop.Apply<LeakyRelu, TVector>(x, y, count); break;
            case Activation.ELU: VectorLoop.Apply<Elu, TVector>(x, y, count); break;
            case Activation.GELU: VectorLoop.Apply<Gelu, TVector>(x, y, count); break;
            case Activation.Tanh: VectorLoop.Apply<HyperbolicTangent, TVector>(x, y, count); break;
            case Activation.Softplus: VectorLoop.Apply<Softplus, TVector>(x, y, count); break;
            default: throw new ArgumentOutOfRangeException(nameof(activation), activation, "Unknown activation.");
        }
    }

    /// <summary>f(x) for one vector: the same numbers, bit for bit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Of<TVector>(Activation activation, TVector x)
        where TVector : unmanaged, ISimdVector<TVector> => TinyNumbers.ToZero(activation switch
        {
            Activation.Identity => x,
            Activation.ReLU => Relu.Of(x),
            Activation.LeakyReLU => LeakyRelu.Of(x),
            Activation.ELU => Elu.Of(x),
            Activation.GELU => Gelu.Of(x),
            Activation.Tanh => HyperbolicTangent.Of(x),
            Activation.Softplus => Softplus.Of(x),
            _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "Unknown activation."),
        });

    /// <summary>dx = f′(x) · dy, given x and y = f(x).</summary>
    public static void Differentiate(
        Activation activation, ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx)
    {
        switch (activation)
        {
            case Activation.ReLU: VectorLoop.Differentiate<Relu>(x, y, dy, dx); break;
            case Activation.LeakyReLU: VectorLoop.Differentiate<LeakyRelu>(x, y, dy, dx); break;
            case Activation.ELU: VectorLoop.Differentiate<Elu>(x, y, dy, dx); break;
            case Activation.GELU: VectorLoop.Differentiate<Gelu>(x, y, dy, dx); break;
            case Activation.Tanh: VectorLoop.Differentiate<HyperbolicTangent>(x, y, dy, dx); break;
            case Activation.Softplus: VectorLoop.Differentiate<Softplus>(x, y, dy, dx); break;
            default: throw new ArgumentOutOfRangeException(nameof(activation), activation, "Unknown activation.");
        }
    }
}
