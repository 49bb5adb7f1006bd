using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Vae.Numerics.Simd;

/// <summary>Eight floats in a vector of 256 bits.</summary>
internal unsafe struct SimdVector256(Vector256<float> value) : ISimdVector<SimdVector256>
{
    private Vector256<float> _value = value;

    public readonly Vector256<float> Value => _value;

    /// <inheritdoc/>
    public static int Count => Vector256<float>.Count;

    /// <inheritdoc/>
    public static bool HasManyRegisters => Avx512F.VL.IsSupported;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector256 Broadcast(float value) => new(Vector256.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector256 BroadcastBits(int value) => new(Vector256.Create(value).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector256 Load(float* source) => new(Vector256.Load(source));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(float* destination) => _value.Store(destination);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector256 operator +(SimdVector256 left, SimdVector256 right) => new(left._value + right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector256 operator -(SimdVector256 left, SimdVector256 right) => new(left._value - right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector256 operator *(SimdVector256 left, SimdVector256 right) => new(left._value * right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector256 operator /(SimdVector256 left, SimdVector256 right) => new(left._value / right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector256 operator &(SimdVector256 left, SimdVector256 right) => new(left._value & right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector256 operator |(SimdVector256 left, SimdVector256 right) => new(left._value | right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector256 operator ^(SimdVector256 left, SimdVector256 right) => new(left._value ^ right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector256 MultiplyAdd(SimdVector256 left, SimdVector256 right, SimdVector256 addend) =>
        new(Vector256.FusedMultiplyAdd(left._value, right._value, addend._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddProduct(ref SimdVector256 sum, SimdVector256 left, SimdVector256 right) =>
        sum._value = Vector256.FusedMultiplyAdd(left._value, right._value, sum._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddProduct(ref SimdVector256 sum, SimdVector256 left, float* right) =>
        sum._value = Vector256.FusedMultiplyAdd(left._value, Vector256.Create(*right), sum._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector256 Sqrt(SimdVector256 value) => new(Vector256.Sqrt(value._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector256 Abs(SimdVector256 value) => new(Vector256.Abs(value._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector256 Scale(SimdVector256 value, SimdVector256 n) =>
        SimdMath.ScaleByTwoSteps(value, n);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector256 AtMost(SimdVector256 bound, SimdVector256 value) =>
        // Of two operands of which one is NaN, these instructions give the second.
        Avx.IsSupported ? new(Avx.Min(bound._value, value._value)) : WhereLess(bound, value, bound, value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector256 AtLeast(SimdVector256 bound, SimdVector256 value) =>
        // Of two operands of which one is NaN, these instructions give the second.
        Avx.IsSupported ? new(Avx.Max(bound._value, value._value)) : WhereLess(value, bound, bound, value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector256 WhereLess(SimdVector256 left, SimdVector256 right, SimdVector256 whenTrue, SimdVector256 whenFalse) =>
        new(Vector256.ConditionalSelect(Vector256.LessThan(left._value, right._value), whenTrue._value, whenFalse._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector256 AddBits(SimdVector256 left, SimdVector256 right) =>
        new((left._value.AsInt32() + right._value.AsInt32()).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector256 SubtractBits(SimdVector256 left, SimdVector256 right) =>
        new((left._value.AsInt32() - right._value.AsInt32()).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector256 ShiftBitsLeft(SimdVector256 value, int count) => new((value._value.AsInt32() << count).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector256 ShiftBitsRight(SimdVector256 value, int count) => new((value._value.AsInt32() >>> count).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector256 BitsToFloat(SimdVector256 value) => new(Vector256.ConvertToSingle(value._value.AsInt32()));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector256 MultiplyEvenBits(SimdVector256 left, SimdVector256 right)
    {
        if (Avx2.IsSupported)
            return new(Avx2.Multiply(left._value.AsUInt32(), right._value.AsUInt32()).AsSingle());

        var low = Vector256.Create((ulong)uint.MaxValue);
        return new(((left._value.AsUInt64() & low) * (right._value.AsUInt64() & low)).AsSingle());
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector256 EvenToOdd(SimdVector256 value) => new((value._value.AsUInt64() << 32).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector256 OddToEven(SimdVector256 value) => new((value._value.AsUInt64() >> 32).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector256 LoadParts(float* source, nint step) =>
        new(Vector256.Create(Vector128.Load(source), Vector128.Load(source + step)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector256 InterleaveLow(SimdVector256 left, SimdVector256 right) =>
        Avx.IsSupported
            ? new(Avx.UnpackLow(left._value, right._value))
            : new(Vector256.Create(
                SimdVector128.InterleaveLow(new(left._value.GetLower()), new(right._value.GetLower())).Value,
                SimdVector128.InterleaveLow(new(left._value.GetUpper()), new(right._value.GetUpper())).Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector256 InterleaveHigh(SimdVector256 left, SimdVector256 right) =>
        Avx.IsSupported
            ? new(Avx.UnpackHigh(left._value, right._value))
            : new(Vector256.Create(
                SimdVector128.InterleaveHigh(new(left._value.GetLower()), new(right._value.GetLower())).Value,
                SimdVector128.InterleaveHigh(new(left._value.GetUpper()), new(right._value.GetUpper())).Value));
}
