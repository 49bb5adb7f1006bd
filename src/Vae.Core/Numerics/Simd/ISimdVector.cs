namespace Vae.Numerics.Simd;

/// <summary>
/// A vector of floats of the machine's width: what a kernel is written in once, for 512, 256 and 128 bits.
/// </summary>
/// <remarks>
/// Every operation acts on each element alone and is exactly defined by IEEE 754 (a fused multiply-add rounds once), so that the
/// result for an element depends neither on its place in the vector nor on the width of the vector.
/// The three implementations are nearly the same text, as Vector128, Vector256 and Vector512 have no common type: only instructions that
/// one of them has and another lacks differ.
/// </remarks>
internal unsafe interface ISimdVector<TSelf>
    where TSelf : unmanaged, ISimdVector<TSelf>
{
    /// <summary>The number of floats in the vector.</summary>
    public static abstract int Count { get; }

    /// <summary>Whether the machine has 32 registers for these vectors, and not just 16.</summary>
    public static abstract bool HasManyRegisters { get; }

    /// <summary>All elements set to a number.</summary>
    public static abstract TSelf Broadcast(float value);

    /// <summary>All elements set to a pattern of bits.</summary>
    public static abstract TSelf BroadcastBits(int value);

    /// <summary>The floats that start at an address, aligned or not.</summary>
    public static abstract TSelf Load(float* source);

    /// <summary>Stores the floats at an address, aligned or not.</summary>
    public void Store(float* destination);

    public static abstract TSelf operator +(TSelf left, TSelf right);

    public static abstract TSelf operator -(TSelf left, TSelf right);

    public static abstract TSelf operator *(TSelf left, TSelf right);

    public static abstract TSelf operator /(TSelf left, TSelf right);

    public static abstract TSelf operator &(TSelf left, TSelf right);

    public static abstract TSelf operator |(TSelf left, TSelf right);

    public static abstract TSelf operator ^(TSelf left, TSelf right);

    /// <summary>left · right + addend, rounded once.</summary>
    public static abstract TSelf MultiplyAdd(TSelf left, TSelf right, TSelf addend);

    /// <summary>
    /// sum = left · right + sum, rounded once. In place, because the compiler else writes a <see cref="MultiplyAdd"/> over one of its
    /// factors and copies that to the sum (dotnet/runtime#107538); on Intel processors copies of 512 bits take the places of
    /// multiplications.
    /// </summary>
    public static abstract void AddProduct(ref TSelf sum, TSelf left, TSelf right);

    /// <summary>sum = left · *right + sum, rounded once.</summary>
    public static abstract void AddProduct(ref TSelf sum, TSelf left, float* right);

    public static abstract TSelf Sqrt(TSelf value);

    public static abstract TSelf Abs(TSelf value);

    /// <summary>value · 2ⁿ, rounded once, for an integer n of a magnitude up to 252.</summary>
    public static abstract TSelf Scale(TSelf value, TSelf n);

    /// <summary>The smaller of the bound and the value; NaN where the value is NaN.</summary>
    public static abstract TSelf AtMost(TSelf bound, TSelf value);

    /// <summary>The larger of the bound and the value; NaN where the value is NaN.</summary>
    public static abstract TSelf AtLeast(TSelf bound, TSelf value);

    /// <summary>Elements of <paramref name="whenTrue"/> where left &lt; right, else (also where one is NaN) of the other.</summary>
    public static abstract TSelf WhereLess(TSelf left, TSelf right, TSelf whenTrue, TSelf whenFalse);

    /// <summary>The sum of the elements' bits, taken as 32-bit integers.</summary>
    public static abstract TSelf AddBits(TSelf left, TSelf right);

    /// <summary>The difference of the elements' bits, taken as 32-bit integers.</summary>
    public static abstract TSelf SubtractBits(TSelf left, TSelf right);

    /// <summary>Shifts the bits of each element to the left.</summary>
    public static abstract TSelf ShiftBitsLeft(TSelf value, int count);

    /// <summary>Shifts the bits of each element to the right, filling with zeros.</summary>
    public static abstract TSelf ShiftBitsRight(TSelf value, int count);

    /// <summary>The elements' bits, taken as signed 32-bit integers, converted to the nearest float.</summary>
    public static abstract TSelf BitsToFloat(TSelf value);

    /// <summary>The 64-bit products of the even-numbered elements' bits, taken as unsigned 32-bit integers.</summary>
    public static abstract TSelf MultiplyEvenBits(TSelf left, TSelf right);

    /// <summary>Moves the bits of the even-numbered elements to the odd-numbered ones, and sets the even-numbered ones to zero.</summary>
    public static abstract TSelf EvenToOdd(TSelf value);

    /// <summary>Moves the bits of the odd-numbered elements to the even-numbered ones, and sets the odd-numbered ones to zero.</summary>
    public static abstract TSelf OddToEven(TSelf value);

    /// <summary>Four floats for each 128-bit part of the vector, from places <paramref name="step"/> floats apart.</summary>
    public static abstract TSelf LoadParts(float* source, nint step);

    /// <summary>The lower two floats of each 128-bit part of the arguments, alternating: l₀ r₀ l₁ r₁.</summary>
    public static abstract TSelf InterleaveLow(TSelf left, TSelf right);

    /// <summary>The upper two floats of each 128-bit part of the arguments, alternating: l₂ r₂ l₃ r₃.</summary>
    public static abstract TSelf InterleaveHigh(TSelf left, TSelf right);
}
