using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Vae.Numerics.Simd;

/// <summary>Sixteen floats in a vector of 512 bits.</summary>
internal unsafe struct SimdVector512(Vector512<float> value) : ISimdVector<SimdVector512>
{
    private Vector512<float> _value = value;

    /// <inheritdoc/>
    public static int Count => Vector512<float>.Count;

    /// <inheritdoc/>
    public static bool HasManyRegisters => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector512 Broadcast(float value) => new(Vector512.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector512 BroadcastBits(int value) => new(Vector512.Create(value).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector512 Load(float* source) => new(Vector512.Load(source));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(float* destination) => _value.Store(destination);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector512 operator +(SimdVector512 left, SimdVector512 right) => new(left._value + right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector512 operator -(SimdVector512 left, SimdVector512 right) => new(left._value - right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector512 operator *(SimdVector512 left, SimdVector512 right) => new(left._value * right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector512 operator /(SimdVector512 left, SimdVector512 right) => new(left._value / right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector512 operator &(SimdVector512 left, SimdVector512 right) => new(left._value & right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector512 operator |(SimdVector512 left, SimdVector512 right) => new(left._value | right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector512 operator ^(SimdVector512 left, SimdVector512 right) => new(left._value ^ right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector512 MultiplyAdd(SimdVector512 left, SimdVector512 right, SimdVector512 addend) =>
        new(Vector512.FusedMultiplyAdd(left._value, right._value, addend._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddProduct(ref SimdVector512 sum, SimdVector512 left, SimdVector512 right) =>
        sum._value = Vector512.FusedMultiplyAdd(left._value, right._value, sum._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddProduct(ref SimdVector512 sum, SimdVector512 left, float* right) =>
        sum._value = Vector512.FusedMultiplyAdd(left._value, Vector512.Create(*right), sum._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector512 Sqrt(SimdVector512 value) => new(Vector512.Sqrt(value._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector512 Abs(SimdVector512 value) => new(Vector512.Abs(value._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector512 Scale(SimdVector512 value, SimdVector512 n) =>
        Avx512F.IsSupported ? new(Avx512F.Scale(value._value, n._value)) : SimdMath.ScaleByTwoSteps(value, n);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector512 AtMost(SimdVector512 bound, SimdVector512 value) =>
        // Of two operands of which one is NaN, these instructions give the second.
        Avx512F.IsSupported ? new(Avx512F.Min(bound._value, value._value)) : WhereLess(bound, value, bound, value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector512 AtLeast(SimdVector512 bound, SimdVector512 value) =>
        // Of two operands of which one is NaN, these instructions give the second.
        Avx512F.IsSupported ? new(Avx512F.Max(bound._value, value._value)) : WhereLess(value, bound, bound, value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector512 WhereLess(SimdVector512 left, SimdVector512 right, SimdVector512 whenTrue, SimdVector512 whenFalse) =>
        new(Vector512.ConditionalSelect(Vector512.LessThan(left._value, right._value), whenTrue._value, whenFalse._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector512 AddBits(SimdVector512 left, SimdVector512 right) =>
        new((left._value.AsInt32() + right._value.AsInt32()).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector512 SubtractBits(SimdVector512 left, SimdVector512 right) =>
        new((left._value.AsInt32() - right._value.AsInt32()).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector512 ShiftBitsLeft(SimdVector512 value, int count) => new((value._value.AsInt32() << count).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector512 ShiftBitsRight(SimdVector512 value, int count) => new((value._value.AsInt32() >>> count).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector512 BitsToFloat(SimdVector512 value) => new(Vector512.ConvertToSingle(value._value.AsInt32()));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector512 MultiplyEvenBits(SimdVector512 left, SimdVector512 right)
    {
        if (Avx512F.IsSupported)
            return new(Avx512F.Multiply(left._value.AsUInt32(), right._value.AsUInt32()).AsSingle());

        var low = Vector512.Create((ulong)uint.MaxValue);
        return new(((left._value.AsUInt64() & low) * (right._value.AsUInt64() & low)).AsSingle());
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector512 EvenToOdd(SimdVector512 value) => new((value._value.AsUInt64() << 32).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector512 OddToEven(SimdVector512 value) => new((value._value.AsUInt64() >> 32).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector512 LoadParts(float* source, nint step) =>
        new(Vector512.Create(
            Vector256.Create(Vector128.Load(source), Vector128.Load(source + step)),
            Vector256.Create(Vector128.Load(source + 2 * step), Vector128.Load(source + 3 * step))));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector512 InterleaveLow(SimdVector512 left, SimdVector512 right) =>
        Avx512F.IsSupported
            ? new(Avx512F.UnpackLow(left._value, right._value))
            : new(Vector512.Create(
                SimdVector256.InterleaveLow(new(left._value.GetLower()), new(right._value.GetLower())).Value,
                SimdVector256.InterleaveLow(new(left._value.GetUpper()), new(right._value.GetUpper())).Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector512 InterleaveHigh(SimdVector512 left, SimdVector512 right) =>
        Avx512F.IsSupported
            ? new(Avx512F.UnpackHigh(left._value, right._value))
            : new(Vector512.Create(
                SimdVector256.InterleaveHigh(new(left._value.GetLower()), new(right._value.GetLower())).Value,
                SimdVector256.InterleaveHigh(new(left._value.GetUpper()), new(right._value.GetUpper())).Value));
}
