using Vae.Numerics.Simd;

namespace Vae.Numerics.RandomNumbers;

/// <summary>A distribution that two random words are made into two numbers of.</summary>
internal unsafe interface IRandomNumbers
{
    /// <summary>Replaces two vectors of words of 32 random bits by numbers.</summary>
    public static abstract void Replace<TVector>(float* first, float* second)
        where TVector : unmanaged, ISimdVector<TVector>;
}

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

/// <summary>Standard normal numbers: √(−2 log u)·(cos 2πv, sin 2πv) for uniform u and v (Box and Muller, 1958).</summary>
internal readonly unsafe struct NormalNumbers : IRandomNumbers
{
    /// <inheritdoc/>
    public static void Replace<TVector>(float* first, float* second)
        where TVector : unmanaged, ISimdVector<TVector>
    {
        // u·2³¹ is in [½, 2³¹]: neither zero nor above one.
        var u = TVector.BitsToFloat(TVector.ShiftBitsRight(TVector.Load(first), 1)) + TVector.Broadcast(0.5f);
        var radius = TVector.Sqrt(TVector.Broadcast(-2f) * SimdMath.LogOfNormal(u, TVector.Broadcast(-31f)));

        // 2πv is a number of right angles and a rest of half a right angle at most.
        var v = TVector.Load(second);
        var rightAngles = TVector.AddBits(v, TVector.BroadcastBits(1 << 29)) & TVector.BroadcastBits(3 << 30);
        var rest = TVector.BitsToFloat(TVector.SubtractBits(v, rightAngles)) * TVector.Broadcast(1f / (1L << 32));
        var sin = SimdMath.SinCosOfTurn(rest, out var cos);

        // An odd number of right angles, whose lowest bit is now the sign, exchanges sine and cosine; then one or both change sign.
        var odd = TVector.BitsToFloat(TVector.ShiftBitsLeft(rightAngles, 1));
        var zero = TVector.Broadcast(0f);
        var sign = TVector.BroadcastBits(int.MinValue);
        var signOfSin = rightAngles & sign;
        var signOfCos = (rightAngles ^ TVector.ShiftBitsLeft(rightAngles, 1)) & sign;
        (radius * (TVector.WhereLess(odd, zero, sin, cos) ^ signOfCos)).Store(first);
        (radius * (TVector.WhereLess(odd, zero, cos, sin) ^ signOfSin)).Store(second);
    }
}
