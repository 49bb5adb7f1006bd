namespace Vae.Numerics;

/// <summary>Standard normal numbers: √(−2 log u)·(cos 2πv, sin 2πv) for uniform u and v (Box and Muller, 1958).</summary>
internal readonly unsafe struct NormalNumbers : IRandomNumbers
{
    /// <inheritdoc/>
    public static void Replace<TLanes>(float* first, float* second)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        // u·2³¹ is in [½, 2³¹]: neither zero nor above one.
        var u = TLanes.BitsToFloat(TLanes.ShiftBitsRight(TLanes.Load(first), 1)) + TLanes.Broadcast(0.5f);
        var radius = TLanes.Sqrt(TLanes.Broadcast(-2f) * LanesMath.LogOfNormal(u, TLanes.Broadcast(-31f)));

        // 2πv is a number of right angles and a rest of half a right angle at most.
        var v = TLanes.Load(second);
        var rightAngles = TLanes.AddBits(v, TLanes.BroadcastBits(1 << 29)) & TLanes.BroadcastBits(3 << 30);
        var rest = TLanes.BitsToFloat(TLanes.SubtractBits(v, rightAngles)) * TLanes.Broadcast(1f / (1L << 32));
        var sin = LanesMath.SinCosOfTurn(rest, out var cos);

        // An odd number of right angles, whose lowest bit is now the sign, exchanges sine and cosine; then one or both change sign.
        var odd = TLanes.BitsToFloat(TLanes.ShiftBitsLeft(rightAngles, 1));
        var zero = TLanes.Broadcast(0f);
        var sign = TLanes.BroadcastBits(int.MinValue);
        var signOfSin = rightAngles & sign;
        var signOfCos = (rightAngles ^ TLanes.ShiftBitsLeft(rightAngles, 1)) & sign;
        (radius * (TLanes.WhereLess(odd, zero, sin, cos) ^ signOfCos)).Store(first);
        (radius * (TLanes.WhereLess(odd, zero, cos, sin) ^ signOfSin)).Store(second);
    }
}
