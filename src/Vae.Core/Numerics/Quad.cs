using System.Runtime.CompilerServices;

namespace Vae.Numerics;

/// <summary>
/// Four accumulators in registers: four rows of a tile of the product, one vector wide. Rows after the last one that is there
/// (<c>last</c> is its number, 0 to 3) repeat it.
/// </summary>
internal unsafe struct Quad<TLanes>
    where TLanes : unmanaged, ILanes<TLanes>
{
    private TLanes _row0;
    private TLanes _row1;
    private TLanes _row2;
    private TLanes _row3;

    /// <summary>Loads the rows, which are <paramref name="stride"/> floats apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Quad(float* source, nint last, nint stride)
    {
        _row0 = TLanes.Load(source);
        _row1 = TLanes.Load(source + Math.Min(1, last) * stride);
        _row2 = TLanes.Load(source + Math.Min(2, last) * stride);
        _row3 = TLanes.Load(source + last * stride);
    }

    /// <summary>Adds to each row the product of an element of A and a vector of B.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void MultiplyAdd(TLanes a0, TLanes a1, TLanes a2, TLanes a3, TLanes b)
    {
        _row0 = TLanes.MultiplyAdd(a0, b, _row0);
        _row1 = TLanes.MultiplyAdd(a1, b, _row1);
        _row2 = TLanes.MultiplyAdd(a2, b, _row2);
        _row3 = TLanes.MultiplyAdd(a3, b, _row3);
    }

    /// <summary>Stores the rows <paramref name="stride"/> floats apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(float* destination, nint last, nint stride)
    {
        _row0.Store(destination);
        _row1.Store(destination + Math.Min(1, last) * stride);
        _row2.Store(destination + Math.Min(2, last) * stride);
        _row3.Store(destination + last * stride);
    }
}
