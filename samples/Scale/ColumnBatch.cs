using System.Data.Common;
using Vae.Data;

namespace Vae.Samples.Scale;

/// <summary>Some rows of a part, by columns.</summary>
internal sealed class ColumnBatch
{
    /// <summary>The most rows of a batch.</summary>
    public const int Capacity = 4096;

    private readonly float[][] _columns = [.. MadeTable.Layout.Groups.Select(_ => new float[Capacity])];
    private readonly long[] _ids = new long[Capacity];

    /// <summary>The number of rows.</summary>
    public int Count { get; private set; }

    /// <summary>The numbers of the rows.</summary>
    public ReadOnlySpan<long> Ids => _ids.AsSpan(0, Count);

    /// <summary>A column's values.</summary>
    public Memory<float> Column(int index) => _columns[index].AsMemory(0, Count);

    /// <summary>Reads the next rows of <see cref="MadeTable.Select"/>.</summary>
    /// <returns>Whether there are any.</returns>
    public bool Read(DbDataReader reader)
    {
        Count = 0;
        while (Count < Capacity && reader.Read())
        {
            _ids[Count] = reader.GetInt64(0);
            for (int column = 0; column < _columns.Length; column++)
                _columns[column][Count] = reader.GetFloat(column + 1);
            Count++;
        }

        return Count > 0;
    }

    /// <summary>The rows as the library takes them: one behind the other, categories as zeros and ones.</summary>
    public ReadOnlySpan<float> ToRows(float[] rows)
    {
        var layout = MadeTable.Layout;
        for (int column = 0; column < _columns.Length; column++)
        {
            var group = layout.Groups[column];
            for (int row = 0; row < Count; row++)
            {
                var slots = rows.AsSpan(row * layout.RowWidth + group.Start, group.Length);
                float value = _columns[column][row];
                if (group.Kind != FeatureKind.OneHot)
                {
                    slots[0] = value;
                    continue;
                }

                slots.Clear();
                if (!float.IsNaN(value)) slots[(int)value] = 1;
            }
        }

        return rows.AsSpan(0, Count * layout.RowWidth);
    }
}
