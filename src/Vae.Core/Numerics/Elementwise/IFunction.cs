using Vae.Numerics.Simd;

namespace Vae.Numerics.Elementwise;

/// <summary>A function of one variable, taken element by element (see <see cref="VectorLoop"/>). NaN gives NaN.</summary>
internal interface IFunction
{
    /// <summary>f(x).</summary>
    public static abstract TVector Of<TVector>(TVector x)
        where TVector : unmanaged, ISimdVector<TVector>;
}

/// <summary>A function with a derivative, which is found from y = f(x) or, where it must be, from x.</summary>
internal interface IActivation : IFunction
{
    /// <summary>Whether <see cref="Gradient"/> takes x and not y.</summary>
    public static virtual bool GradientNeedsInput => false;

    /// <summary>f′ · <paramref name="gradient"/>.</summary>
    /// <param name="value">y, or x where <see cref="GradientNeedsInput"/>.</param>
    /// <param name="gradient">What the derivative is multiplied by.</param>
    public static abstract TVector Gradient<TVector>(TVector value, TVector gradient)
        where TVector : unmanaged, ISimdVector<TVector>;
}
