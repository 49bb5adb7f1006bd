using Microsoft.ML;
using Microsoft.ML.Runtime;
using Vae.MLNet.Columns;
using Vae.MLNet.Internals;

namespace Vae.MLNet.Rows;

/// <summary>The rows of a data view one after the other, for what is no column.</summary>
internal static class RowSequence
{
    /// <summary>Computes something of each row, when it is asked for.</summary>
    /// <param name="host">Whose errors.</param>
    /// <param name="data">The data.</param>
    /// <param name="inputs">The columns to read.</param>
    /// <param name="select">Takes a row, which is another's later, and its number.</param>
    public static IEnumerable<T> Select<T>(IHost host, IDataView data, InputColumn[] inputs, Func<float[], long, T> select)
    {
        Errors.NotNull(host, data, nameof(data));
        int[] columns = InputColumn.Bind(host, data.Schema, inputs);
        return Run();

        IEnumerable<T> Run()
        {
            using var cursor = data.GetRowCursor([.. columns.Select(index => data.Schema[index])]);
            var reader = new RowReader(host, cursor, inputs);
            float[] row = new float[inputs.Sum(input => input.SlotCount)];
            while (cursor.MoveNext())
            {
                reader.Read(row);
                yield return Compute(host, row, cursor.Position, select);
            }
        }
    }

    private static T Compute<T>(IHost host, float[] row, long number, Func<float[], long, T> select)
    {
        try
        {
            return select(row, number);
        }
        catch (ArgumentException exception)
        {
            throw Errors.Data(host, exception, exception.Message);
        }
    }
}
