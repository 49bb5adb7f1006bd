#if !NET9_0_OR_GREATER
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Vae.Numerics.Simd;

/// <summary>The operations of .NET 9's vectors that .NET 8 lacks. They give the same bits.</summary>
internal static class Net8Vectors
{
    extension(Vector128)
    {
        /// <summary>left · right + addend, rounded once.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector128<float> FusedMultiplyAdd(Vector128<float> left, Vector128<float> right, Vector128<float> addend)
        {
            if (Fma.IsSupported) return Fma.MultiplyAdd(left, right, addend);
            if (AdvSimd.IsSupported) return AdvSimd.FusedMultiplyAdd(addend, left, right);
            return Vector128.Create(Element(0), Element(1), Element(2), Element(3));

            float Element(int index) => MathF.FusedMultiplyAdd(left[index], right[index], addend[index]);
        }
    }

    extension(Vector256)
    {
        /// <summary>left · right + addend, rounded once.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> FusedMultiplyAdd(Vector256<float> left, Vector256<float> right, Vector256<float> addend) =>
            Fma.IsSupported
                ? Fma.MultiplyAdd(left, right, addend)
                : Vector256.Create(
                    Vector128.FusedMultiplyAdd(left.GetLower(), right.GetLower(), addend.GetLower()),
                    Vector128.FusedMultiplyAdd(left.GetUpper(), right.GetUpper(), addend.GetUpper()));

        /// <summary>The values held within bounds; of NaN anything may come.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<double> ClampNative(Vector256<double> value, Vector256<double> min, Vector256<double> max) =>
            Vector256.Min(Vector256.Max(value, min), max);
    }

    extension(Vector512)
    {
        /// <summary>left · right + addend, rounded once.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<float> FusedMultiplyAdd(Vector512<float> left, Vector512<float> right, Vector512<float> addend) =>
            Avx512F.IsSupported
                ? Avx512F.FusedMultiplyAdd(left, right, addend)
                : Vector512.Create(
                    Vector256.FusedMultiplyAdd(left.GetLower(), right.GetLower(), addend.GetLower()),
                    Vector256.FusedMultiplyAdd(left.GetUpper(), right.GetUpper(), addend.GetUpper()));
    }
}
#endif
