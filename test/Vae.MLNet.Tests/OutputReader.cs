using Microsoft.ML;
using Microsoft.ML.Data;

namespace Vae.MLNet.Tests;

/// <summary>Reads all columns that a VAE can append through one cursor, with buffers that are used again.</summary>
internal sealed class OutputReader
{
    private readonly ValueGetter<VBuffer<float>>[] _vectors;
    private readonly VBuffer<float>[] _buffers;
    private readonly ValueGetter<float> _score;
    private readonly ValueGetter<DataViewRowId> _id;
    private float _lastScore;

    public OutputReader(DataViewRowCursor cursor)
    {
        _vectors = [.. Names(cursor.Schema).Where(column => column.Name != "EmbeddingScore").Select(cursor.GetGetter<VBuffer<float>>)];
        _buffers = new VBuffer<float>[_vectors.Length];
        _score = cursor.GetGetter<float>(cursor.Schema["EmbeddingScore"]);
        _id = cursor.GetIdGetter();
    }

    /// <summary>The row's identity, the same in every cursor.</summary>
    public DataViewRowId Id
    {
        get
        {
            var id = default(DataViewRowId);
            _id(ref id);
            return id;
        }
    }

    /// <summary>All values of the row that was read last.</summary>
    public float[] Values => [.. _buffers.SelectMany(buffer => buffer.DenseValues()), _lastScore];

    /// <summary>The columns.</summary>
    public static DataViewSchema.Column[] Names(DataViewSchema schema) =>
        [.. schema.Where(column => column.Name.StartsWith("Embedding", StringComparison.Ordinal) && !column.IsHidden)];

    /// <summary>Reads the current row.</summary>
    public void Read()
    {
        for (int i = 0; i < _vectors.Length; i++)
            _vectors[i](ref _buffers[i]);
        _score(ref _lastScore);
    }
}
