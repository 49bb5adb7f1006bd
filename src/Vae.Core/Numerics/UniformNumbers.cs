namespace Vae.Numerics;

/// <summary>Uniform numbers in [0, 1): the upper 24 bits of a word.</summary>
internal readonly unsafe struct UniformNumbers : IRandomNumbers
{
    /// <inheritdoc/>
    public static void Replace<TLanes>(float* first, float* second)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        var unit = TLanes.Broadcast(1f / (1 << 24));
        (TLanes.BitsToFloat(TLanes.ShiftBitsRight(TLanes.Load(first), 8)) * unit).Store(first);
        (TLanes.BitsToFloat(TLanes.ShiftBitsRight(TLanes.Load(second), 8)) * unit).Store(second);
    }
}
