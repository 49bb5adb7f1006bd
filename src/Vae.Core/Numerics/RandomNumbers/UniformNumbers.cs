using Vae.Numerics.Simd;

namespace Vae.Numerics.RandomNumbers;

/// <summary>Uniform numbers in [0, 1): the upper 24 bits of a word.</summary>
internal readonly unsafe struct UniformNumbers : IRandomNumbers
{
    /// <inheritdoc/>
    public static void Replace<TVector>(float* first, float* second)
        where TVector : unmanaged, ISimdVector<TVector>
    {
        var unit = TVector.Broadcast(1f / (1 << 24));
        (TVector.BitsToFloat(TVector.ShiftBitsRight(TVector.Load(first), 8)) * unit).Store(first);
        (TVector.BitsToFloat(TVector.ShiftBitsRight(TVector.Load(second), 8)) * unit).Store(second);
    }
}
