using Vae.Numerics.Simd;

namespace Vae.Numerics.Elementwise;

/// <summary>The backward step of an activation y = f(x), taken lane by lane.</summary>
internal interface IGradientFunction
{
    /// <summary>f′ · <paramref name="gradient"/>, with f′ found from <paramref name="value"/>, which is x or y as the activation says.</summary>
    public TVector Of<TVector>(TVector value, TVector gradient)
        where TVector : unmanaged, ISimdVector<TVector>;
}
