namespace Vae.Numerics;

/// <summary>A distribution that two random words are made into two numbers of.</summary>
internal interface IRandomNumbers
{
    /// <summary>Replaces words of 32 random bits by numbers.</summary>
    public static abstract void FromBits<TLanes>(ref TLanes first, ref TLanes second)
        where TLanes : unmanaged, ILanes<TLanes>;
}
