using System.Runtime.CompilerServices;

namespace Vae.Numerics;

/// <summary>Uniform numbers in [0, 1): the upper 24 bits of a word.</summary>
internal readonly struct UniformNumbers : IRandomNumbers
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void FromBits<TLanes>(ref TLanes first, ref TLanes second)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        var unit = TLanes.Broadcast(1f / (1 << 24));
        first = TLanes.BitsToFloat(TLanes.ShiftBitsRight(first, 8)) * unit;
        second = TLanes.BitsToFloat(TLanes.ShiftBitsRight(second, 8)) * unit;
    }
}
