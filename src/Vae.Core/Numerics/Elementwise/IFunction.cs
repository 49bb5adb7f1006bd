using Vae.Numerics.Simd;

namespace Vae.Numerics.Elementwise;

/// <summary>A function of one variable, taken lane by lane.</summary>
internal interface IFunction
{
    /// <summary>The function's value in each lane.</summary>
    public TVector Of<TVector>(TVector x)
        where TVector : unmanaged, ISimdVector<TVector>;
}
