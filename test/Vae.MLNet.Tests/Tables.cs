using Microsoft.ML;
using Microsoft.ML.Data;

namespace Vae.MLNet.Tests;

/// <summary>Small tables with structure that a VAE can find.</summary>
internal static class Tables
{
    private static readonly string[] Housing = ["own", "rent", "free"];
    private static readonly string[] Jobs = ["clerk", "nurse", "smith", ""];

    /// <summary>Rows of numbers, categories, a key, a Boolean and a sparse vector, some of them missing.</summary>
    public static List<MixedRow> MixedRows(int count = 120, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            double level = random.NextDouble();
            var sparse = new VBuffer<float>(6, 2, [(float)level, 1 + random.NextSingle()], [random.Next(3), 3 + random.Next(3)]);
            return new MixedRow
            {
                Age = (float)(20 + 40 * level + random.NextDouble()),
                Income = random.Next(8) == 0 ? float.NaN : (float)(1000 + 3000 * level + 100 * random.NextDouble()),
                Housing = Housing[(int)(level * 3)],
                Job = Jobs[random.Next(Jobs.Length)],
                Telephone = level > 0.4,
                Region = (uint)random.Next(5),
                Sparse = sparse,
                Weight = 0.5f + random.NextSingle(),
                Label = level > 0.5,
            };
        })];
    }

    public static IDataView Mixed(MLContext mlContext, int count = 120, int seed = 1) =>
        mlContext.Data.LoadFromEnumerable(MixedRows(count, seed));

    /// <summary>Rows of four numbers on a line with noise.</summary>
    public static List<VectorRow> VectorRows(int count = 100, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            float level = random.NextSingle();
            return new VectorRow { Features = [level, 1 - level + 0.1f * random.NextSingle(), 100 * level, random.NextSingle()] };
        })];
    }

    public static IDataView Vectors(MLContext mlContext, int count = 100, int seed = 1) =>
        mlContext.Data.LoadFromEnumerable(VectorRows(count, seed));
}
