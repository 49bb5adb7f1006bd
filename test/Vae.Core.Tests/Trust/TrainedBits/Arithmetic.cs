using System.Numerics.Tensors;
using System.Runtime.Intrinsics;

namespace Vae.Tests.Trust.TrainedBits;

/// <summary>
/// What a machine computes that the library leaves to .NET and to the C library: the order of a sum depends on the width of the vectors,
/// and the last bit of an exponential on the C library and on the processor. Machines with the same arithmetic train the same bits.
/// </summary>
internal static class Arithmetic
{
    private const int Points = 20_000;

    /// <summary>A name of this machine's arithmetic: the width of the vectors, and a hash of many results.</summary>
    public static string Name { get; } = $"{Width} bits, {Probe()}";

    /// <summary>The width of the widest vectors in bits.</summary>
    public static int Width =>
        Vector512.IsHardwareAccelerated ? 512
        : Vector256.IsHardwareAccelerated ? 256
        : Vector128.IsHardwareAccelerated ? 128 : 0;

    private static string Probe()
    {
        using var hash = new BitHash();
        var random = new Random(1);
        for (int i = 0; i < Points; i++)
        {
            double uniform = 1 - random.NextDouble();
            double symmetric = 40 * (uniform - 0.5);
            hash.Add(MathF.Exp((float)symmetric), MathF.Log((float)uniform));
            hash.Add(Math.Exp(symmetric), Math.Log(uniform), Math.Log(1000 * uniform), Math.Cos(symmetric));
            hash.Add(Math.Pow(uniform, i % 50), Math.Pow(10 * uniform, 3));
        }

        for (int length = 1; length < 200; length++)
        {
            float[] values = [.. Enumerable.Range(0, length).Select(_ => 20 * random.NextSingle() - 10)];
            var exponentials = new float[length];
            TensorPrimitives.Exp(values, exponentials);
            hash.Add<float>(exponentials);
            hash.Add(TensorPrimitives.Sum<float>(values), TensorPrimitives.Sum<float>(exponentials));
            hash.Add(TensorPrimitives.Dot<float>(values, exponentials));
            TensorPrimitives.MultiplyAdd(values, values, exponentials, exponentials);
            hash.Add<float>(exponentials);
        }

        return hash.ToString();
    }
}
