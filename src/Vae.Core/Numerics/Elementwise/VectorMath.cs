using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Vae.Numerics.Elementwise;

/// <summary>
/// Functions taken element by element over spans of equal length, and sums.
/// </summary>
/// <remarks>
/// A result span may be an argument itself, but may not otherwise overlap one. The result for an element depends neither on its place
/// in the span nor on the machine. NaN gives NaN. Accuracy: about two units in the last place, for GELU five.
/// The backward functions give dx = f′ · dy and find f′ from the activation's output y, except <see cref="GeluBackward"/>,
/// which needs its input x.
/// </remarks>
internal static class VectorMath
{
    /// <summary>y = eˣ.</summary>
    public static void Exp(ReadOnlySpan<float> x, Span<float> y) => VectorLoop.Run(default(Exponential), x, y);

    /// <summary>y = eˣ − 1, accurate near 0.</summary>
    public static void Expm1(ReadOnlySpan<float> x, Span<float> y) => VectorLoop.Run(default(ExponentialMinusOne), x, y);

    /// <summary>y = log x: −∞ at 0, NaN below.</summary>
    public static void Log(ReadOnlySpan<float> x, Span<float> y) => VectorLoop.Run(default(NaturalLogarithm), x, y);

    /// <summary>y = 1/(1 + e⁻ˣ).</summary>
    public static void Sigmoid(ReadOnlySpan<float> x, Span<float> y) => VectorLoop.Run(default(LogisticSigmoid), x, y);

    /// <summary>dx = y(1 − y) · dy.</summary>
    public static void SigmoidBackward(ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx) =>
        VectorLoop.Run(default(LogisticSigmoidGradient), y, dy, dx);

    /// <summary>y = tanh x.</summary>
    public static void Tanh(ReadOnlySpan<float> x, Span<float> y) => VectorLoop.Run(default(HyperbolicTangent), x, y);

    /// <summary>dx = (1 − y²) · dy.</summary>
    public static void TanhBackward(ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx) =>
        VectorLoop.Run(default(HyperbolicTangentGradient), y, dy, dx);

    /// <summary>y = log(1 + eˣ).</summary>
    public static void Softplus(ReadOnlySpan<float> x, Span<float> y) => VectorLoop.Run(default(Softplus), x, y);

    /// <summary>dx = (1 − e⁻ʸ) · dy.</summary>
    public static void SoftplusBackward(ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx) =>
        VectorLoop.Run(default(SoftplusGradient), y, dy, dx);

    /// <summary>y = x·Φ(x), Φ being the normal distribution function.</summary>
    public static void Gelu(ReadOnlySpan<float> x, Span<float> y) => VectorLoop.Run(default(Gelu), x, y);

    /// <summary>dx = (Φ(x) + x·φ(x)) · dy.</summary>
    public static void GeluBackward(ReadOnlySpan<float> x, ReadOnlySpan<float> dy, Span<float> dx) =>
        VectorLoop.Run(default(GeluGradient), x, dy, dx);

    /// <summary>y = max(x, 0).</summary>
    public static void Relu(ReadOnlySpan<float> x, Span<float> y) => VectorLoop.Run(default(Relu), x, y);

    /// <summary>dx = dy where y &gt; 0, else 0.</summary>
    public static void ReluBackward(ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx) =>
        VectorLoop.Run(default(ReluGradient), y, dy, dx);

    /// <summary>y = x where x &gt; 0, else slope · x, for a positive slope.</summary>
    public static void LeakyRelu(float slope, ReadOnlySpan<float> x, Span<float> y) => VectorLoop.Run(new LeakyRelu(slope), x, y);

    /// <summary>dx = dy where y &gt; 0, else slope · dy.</summary>
    public static void LeakyReluBackward(float slope, ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx) =>
        VectorLoop.Run(new LeakyReluGradient(slope), y, dy, dx);

    /// <summary>y = x where x &gt; 0, else eˣ − 1.</summary>
    public static void Elu(ReadOnlySpan<float> x, Span<float> y) => VectorLoop.Run(default(Elu), x, y);

    /// <summary>dx = dy where y &gt; 0, else (y + 1) · dy.</summary>
    public static void EluBackward(ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx) =>
        VectorLoop.Run(default(EluGradient), y, dy, dx);

    /// <summary>Σ x, in double.</summary>
    public static double Sum(ReadOnlySpan<float> x)
    {
        var even = Vector512<double>.Zero;
        var odd = Vector512<double>.Zero;
        int i = 0;
        for (; i <= x.Length - Padding.Lanes; i += Padding.Lanes)
        {
            var (lower, upper) = Vector512.Widen(Load(x, i));
            even += lower;
            odd += upper;
        }

        double sum = Vector512.Sum(even + odd);
        for (; i < x.Length; i++)
            sum += x[i];

        return sum;
    }

    /// <summary>Σ x·y, in double.</summary>
    public static double Dot(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(y.Length, x.Length);
        var even = Vector512<double>.Zero;
        var odd = Vector512<double>.Zero;
        int i = 0;
        for (; i <= x.Length - Padding.Lanes; i += Padding.Lanes)
        {
            var (lowerX, upperX) = Vector512.Widen(Load(x, i));
            var (lowerY, upperY) = Vector512.Widen(Load(y, i));
            even += lowerX * lowerY;
            odd += upperX * upperY;
        }

        double sum = Vector512.Sum(even + odd);
        for (; i < x.Length; i++)
            sum += (double)x[i] * y[i];

        return sum;
    }

    /// <summary>Σ x², in double.</summary>
    public static double SumOfSquares(ReadOnlySpan<float> x) => Dot(x, x);

    private static Vector512<float> Load(ReadOnlySpan<float> x, int index) =>
        Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(x), (nuint)index);
}
