using Microsoft.ML;
using Microsoft.ML.Data;

namespace Vae.MLNet.Tests;

/// <summary>Reading the columns of a data view.</summary>
internal static class Columns
{
    /// <summary>All rows of a vector column.</summary>
    public static float[][] Vectors(this IDataView data, string name) => [.. data.GetColumn<float[]>(name)];

    /// <summary>All embeddings.</summary>
    public static float[][] Embeddings(this IDataView data) => data.Vectors("Embedding");

    /// <summary>All scores.</summary>
    public static float[] Scores(this IDataView data) => [.. data.GetColumn<float>("EmbeddingScore")];

    /// <summary>All values of the columns that a VAE can append, row by row.</summary>
    public static float[][] Everything(this IDataView data)
    {
        float[][][] parts =
        [
            data.Vectors("Embedding"), data.Vectors("EmbeddingLogVariance"), [.. data.Scores().Select(score => new[] { score })],
            data.Vectors("EmbeddingCellScores"), data.Vectors("EmbeddingReconstruction"),
        ];
        return [.. Enumerable.Range(0, parts[0].Length).Select(row => parts.SelectMany(part => part[row]).ToArray())];
    }

    /// <summary>The slot names of a column.</summary>
    public static string[] SlotNames(this DataViewSchema.Column column)
    {
        var names = default(VBuffer<ReadOnlyMemory<char>>);
        column.GetSlotNames(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }
}
