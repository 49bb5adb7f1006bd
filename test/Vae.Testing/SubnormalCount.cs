using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Vae.Numerics;
using Vae.Numerics.Gemm;

namespace Vae.Testing;

/// <summary>
/// Counts the subnormal numbers in the operands of all products of the process while it exists: one at a time, and no other product runs.
/// </summary>
public sealed class SubnormalCount : IDisposable
{
    private const uint SmallestNormal = 0x00800000;
    private const uint Magnitude = 0x7FFFFFFF;

    private long _products;
    private long _subnormals;

    /// <summary>Begins to count.</summary>
    public SubnormalCount() => ProductObserver.Set(Add);

    /// <summary>The number of products so far.</summary>
    public long Products => Volatile.Read(ref _products) / 2;

    /// <summary>The number of subnormal numbers in their operands.</summary>
    public long Subnormals => Volatile.Read(ref _subnormals);

    /// <inheritdoc/>
    public void Dispose() => ProductObserver.Set(null);

    /// <summary>The subnormal numbers among some.</summary>
    public static long Among(ReadOnlySpan<float> values)
    {
        var bits = MemoryMarshal.Cast<float, uint>(values);
        var counts = Vector256<uint>.Zero;
        int i = 0;
        for (; i <= bits.Length - Vector256<uint>.Count; i += Vector256<uint>.Count)
        {
            // Zero becomes the largest number, and counts are sums of −1 where a comparison holds.
            var fractions = (Vector256.Create(bits[i..]) & Vector256.Create(Magnitude)) - Vector256<uint>.One;
            counts -= Vector256.LessThan(fractions, Vector256.Create(SmallestNormal - 1));
        }

        long count = Vector256.Sum(counts);
        for (; i < bits.Length; i++)
        {
            if (float.IsSubnormal(values[i])) count++;
        }

        return count;
    }

    private void Add(ReadOnlyMatrixView operand)
    {
        long subnormals = 0;
        for (int row = 0; row < operand.Rows; row++)
            subnormals += Among(operand.Values.Slice(row * operand.Stride, operand.Columns));
        Interlocked.Increment(ref _products);
        if (subnormals > 0) Interlocked.Add(ref _subnormals, subnormals);
    }
}
