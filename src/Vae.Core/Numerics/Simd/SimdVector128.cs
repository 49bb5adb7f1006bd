using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Vae.Numerics.Simd;

/// <summary>Four floats in a vector of 128 bits.</summary>
internal unsafe struct SimdVector128(Vector128<float> value) : ISimdVector<SimdVector128>
{
    private Vector128<float> _value = value;

    public Vector128<float> Value => _value;

    /// <inheritdoc/>
    public static int Count => Vector128<float>.Count;

    /// <inheritdoc/>
    public static bool HasManyRegisters => Avx512F.VL.IsSupported || AdvSimd.IsSupported;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector128 Broadcast(float value) => new(Vector128.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector128 BroadcastBits(int value) => new(Vector128.Create(value).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector128 Load(float* source) => new(Vector128.Load(source));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(float* destination) => _value.Store(destination);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector128 operator +(SimdVector128 left, SimdVector128 right) => new(left._value + right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector128 operator -(SimdVector128 left, SimdVector128 right) => new(left._value - right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector128 operator *(SimdVector128 left, SimdVector128 right) => new(left._value * right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector128 operator /(SimdVector128 left, SimdVector128 right) => new(left._value / right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector128 operator &(SimdVector128 left, SimdVector128 right) => new(left._value & right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector128 operator |(SimdVector128 left, SimdVector128 right) => new(left._value | right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector128 operator ^(SimdVector128 left, SimdVector128 right) => new(left._value ^ right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector128 MultiplyAdd(SimdVector128 left, SimdVector128 right, SimdVector128 addend) =>
        new(Vector128.FusedMultiplyAdd(left._value, right._value, addend._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddProduct(ref SimdVector128 sum, SimdVector128 left, SimdVector128 right) =>
        sum._value = Vector128.FusedMultiplyAdd(left._value, right._value, sum._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddProduct(ref SimdVector128 sum, SimdVector128 left, float* right) =>
        sum._value = Vector128.FusedMultiplyAdd(left._value, Vector128.Create(*right), sum._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector128 Sqrt(SimdVector128 value) => new(Vector128.Sqrt(value._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector128 Abs(SimdVector128 value) => new(Vector128.Abs(value._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector128 Scale(SimdVector128 value, SimdVector128 n) =>
        SimdMath.ScaleByTwoSteps(value, n);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector128 AtMost(SimdVector128 bound, SimdVector128 value) =>
        // Of two operands of which one is NaN, these instructions give the second.
        Sse.IsSupported ? new(Sse.Min(bound._value, value._value)) : WhereLess(bound, value, bound, value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector128 AtLeast(SimdVector128 bound, SimdVector128 value) =>
        // Of two operands of which one is NaN, these instructions give the second.
        Sse.IsSupported ? new(Sse.Max(bound._value, value._value)) : WhereLess(value, bound, bound, value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector128 WhereLess(SimdVector128 left, SimdVector128 right, SimdVector128 whenTrue, SimdVector128 whenFalse) =>
        new(Vector128.ConditionalSelect(Vector128.LessThan(left._value, right._value), whenTrue._value, whenFalse._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector128 AddBits(SimdVector128 left, SimdVector128 right) =>
        new((left._value.AsInt32() + right._value.AsInt32()).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector128 SubtractBits(SimdVector128 left, SimdVector128 right) =>
        new((left._value.AsInt32() - right._value.AsInt32()).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector128 ShiftBitsLeft(SimdVector128 value, int count) => new((value._value.AsInt32() << count).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector128 ShiftBitsRight(SimdVector128 value, int count) => new((value._value.AsInt32() >>> count).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector128 BitsToFloat(SimdVector128 value) => new(Vector128.ConvertToSingle(value._value.AsInt32()));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector128 MultiplyEvenBits(SimdVector128 left, SimdVector128 right)
    {
        if (Sse2.IsSupported)
            return new(Sse2.Multiply(left._value.AsUInt32(), right._value.AsUInt32()).AsSingle());

        var low = Vector128.Create((ulong)uint.MaxValue);
        return new(((left._value.AsUInt64() & low) * (right._value.AsUInt64() & low)).AsSingle());
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector128 EvenToOdd(SimdVector128 value) => new((value._value.AsUInt64() << 32).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector128 OddToEven(SimdVector128 value) => new((value._value.AsUInt64() >> 32).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector128 LoadParts(float* source, nint step) =>
        new(Vector128.Load(source));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector128 InterleaveLow(SimdVector128 left, SimdVector128 right)
    {
        if (Sse.IsSupported)
            return new(Sse.UnpackLow(left._value, right._value));

        return AdvSimd.Arm64.IsSupported
            ? new(AdvSimd.Arm64.ZipLow(left._value, right._value))
            : new(Vector128.Create(left._value[0], right._value[0], left._value[1], right._value[1]));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector128 InterleaveHigh(SimdVector128 left, SimdVector128 right)
    {
        if (Sse.IsSupported)
            return new(Sse.UnpackHigh(left._value, right._value));

        return AdvSimd.Arm64.IsSupported
            ? new(AdvSimd.Arm64.ZipHigh(left._value, right._value))
            : new(Vector128.Create(left._value[2], right._value[2], left._value[3], right._value[3]));
    }
}
