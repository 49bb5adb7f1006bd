using Vae.Numerics.Simd;

namespace Vae.Numerics.RandomNumbers;

/// <summary>A distribution that two random words are made into two numbers of.</summary>
internal unsafe interface IRandomNumbers
{
    /// <summary>Replaces two vectors of words of 32 random bits by numbers.</summary>
    public static abstract void Replace<TVector>(float* first, float* second)
        where TVector : unmanaged, ISimdVector<TVector>;
}
