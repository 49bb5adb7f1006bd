using System.Runtime.CompilerServices;

namespace Vae.Numerics;

/// <summary>Four accumulators in registers: parts of four rows of a product, or four neighbours in one row.</summary>
internal unsafe struct Quad<TLanes>
    where TLanes : unmanaged, ILanes<TLanes>
{
    private TLanes _sum0;
    private TLanes _sum1;
    private TLanes _sum2;
    private TLanes _sum3;

    /// <summary>Loads vectors at <paramref name="source"/> and at three offsets from it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Quad(float* source, nint offset1, nint offset2, nint offset3)
    {
        _sum0 = TLanes.Load(source);
        _sum1 = TLanes.Load(source + offset1);
        _sum2 = TLanes.Load(source + offset2);
        _sum3 = TLanes.Load(source + offset3);
    }

    /// <summary>Adds the products of four vectors and one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void MultiplyAdd(TLanes a0, TLanes a1, TLanes a2, TLanes a3, TLanes b)
    {
        _sum0 = TLanes.MultiplyAdd(b, a0, _sum0);
        _sum1 = TLanes.MultiplyAdd(b, a1, _sum1);
        _sum2 = TLanes.MultiplyAdd(b, a2, _sum2);
        _sum3 = TLanes.MultiplyAdd(b, a3, _sum3);
    }

    /// <summary>Adds the products of four numbers, at <paramref name="a"/> and at three offsets from it, and a vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void MultiplyAdd(float* a, nint offset1, nint offset2, nint offset3, TLanes b)
    {
        _sum0 = TLanes.MultiplyAdd(b, a, _sum0);
        _sum1 = TLanes.MultiplyAdd(b, a + offset1, _sum1);
        _sum2 = TLanes.MultiplyAdd(b, a + offset2, _sum2);
        _sum3 = TLanes.MultiplyAdd(b, a + offset3, _sum3);
    }

    /// <summary>Stores the vectors at <paramref name="destination"/> and at three offsets from it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(float* destination, nint offset1, nint offset2, nint offset3)
    {
        _sum0.Store(destination);
        _sum1.Store(destination + offset1);
        _sum2.Store(destination + offset2);
        _sum3.Store(destination + offset3);
    }
}
