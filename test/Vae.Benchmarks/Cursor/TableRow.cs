using Microsoft.ML.Data;

namespace Vae.Benchmarks.Cursor;

/// <summary>A row of numbers.</summary>
public sealed class TableRow
{
    /// <summary>What is embedded.</summary>
    public float[] Features { get; set; } = [];

    /// <summary>The schema of rows of a width.</summary>
    internal static SchemaDefinition Schema(int slots)
    {
        var schema = SchemaDefinition.Create(typeof(TableRow));
        schema[nameof(Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, slots);
        return schema;
    }
}

/// <summary>What a prediction engine gives for a row.</summary>
public sealed class EmbeddedRow
{
    /// <summary>The embedding.</summary>
    public float[] Embedding { get; set; } = [];

    /// <summary>Its log-variance.</summary>
    public float[] EmbeddingLogVariance { get; set; } = [];
}
