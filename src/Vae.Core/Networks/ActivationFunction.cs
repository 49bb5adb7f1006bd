using System.Runtime.CompilerServices;
using Vae.Numerics.Elementwise;
using Vae.Numerics.Simd;
using Vae.Options;

namespace Vae.Networks;

/// <summary>The activation functions and their derivatives over spans; the identity needs none.</summary>
internal static class ActivationFunction
{
    public const float LeakySlope = 0.01f;

    /// <summary>y = f(x); y may be x.</summary>
    public static void Apply(Activation activation, ReadOnlySpan<float> x, Span<float> y)
    {
        switch (activation)
        {
            case Activation.ReLU: VectorMath.Relu(x, y); break;
            case Activation.LeakyReLU: VectorMath.LeakyRelu(LeakySlope, x, y); break;
            case Activation.ELU: VectorMath.Elu(x, y); break;
            case Activation.GELU: VectorMath.Gelu(x, y); break;
            case Activation.Tanh: VectorMath.Tanh(x, y); break;
            case Activation.Softplus: VectorMath.Softplus(x, y); break;
            default: throw new ArgumentOutOfRangeException(nameof(activation), activation, "Unknown activation.");
        }
    }

    /// <summary>f(x) for one vector: the same numbers, bit for bit, as over spans.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Of<TVector>(Activation activation, TVector x)
        where TVector : unmanaged, ISimdVector<TVector> => activation switch
        {
            Activation.Identity => x,
            Activation.ReLU => default(Relu).Of(x),
            Activation.LeakyReLU => new LeakyRelu(LeakySlope).Of(x),
            Activation.ELU => default(Elu).Of(x),
            Activation.GELU => default(Gelu).Of(x),
            Activation.Tanh => default(HyperbolicTangent).Of(x),
            Activation.Softplus => default(Softplus).Of(x),
            _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "Unknown activation."),
        };

    /// <summary>dx = dy·f'(x), given x and y = f(x).</summary>
    public static void Differentiate(
        Activation activation, ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx)
    {
        switch (activation)
        {
            case Activation.ReLU: VectorMath.ReluBackward(y, dy, dx); break;
            case Activation.LeakyReLU: VectorMath.LeakyReluBackward(LeakySlope, y, dy, dx); break;
            case Activation.ELU: VectorMath.EluBackward(y, dy, dx); break;
            case Activation.GELU: VectorMath.GeluBackward(x, dy, dx); break;
            case Activation.Tanh: VectorMath.TanhBackward(y, dy, dx); break;
            case Activation.Softplus: VectorMath.SoftplusBackward(y, dy, dx); break;
            default: throw new ArgumentOutOfRangeException(nameof(activation), activation, "Unknown activation.");
        }
    }
}
