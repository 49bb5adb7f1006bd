using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Vae.Explanation;
using Vae.MLNet.Columns;
using Vae.MLNet.Internals;

namespace Vae.MLNet.Rows;

/// <summary>
/// The output columns of one cursor: everything that is asked of a row is computed in one pass, when the first of its columns is read.
/// </summary>
internal abstract class RowGetters
{
    private readonly IExceptionContext _errors;
    private readonly DataViewRow _input;
    private readonly ValueGetter<DataViewRowId>? _id;
    private readonly RowReader _reader;
    private readonly float[] _row;
    private long _position;
    private bool _computed;

    /// <param name="errors">Whose exceptions.</param>
    /// <param name="input">The cursor.</param>
    /// <param name="inputs">The columns to read.</param>
    /// <param name="width">The slots of a row.</param>
    protected RowGetters(IExceptionContext errors, DataViewRow input, IReadOnlyList<InputColumn> inputs, int width)
    {
        _errors = errors;
        _input = input;
        _id = (input as DataViewRowCursor)?.GetIdGetter();
        _reader = new RowReader(errors, input, inputs);
        _row = new float[width];
    }

    /// <summary>Computes what is asked of a row.</summary>
    /// <exception cref="ArgumentException">The row is not valid; the message names the slot and the row.</exception>
    protected abstract void Compute(ReadOnlySpan<float> row, long number);

    /// <summary>Computes what is asked of the current row, unless that was done.</summary>
    protected void Update()
    {
        long position = _input.Position;
        if (_computed && _position == position) return;
        _computed = false;
        var row = _reader.ReadInPlace(_row);
        try
        {
            Compute(row, RowNumber());
        }
        catch (ArgumentException exception)
        {
            throw Errors.Data(_errors, exception, exception.Message);
        }

        _position = position;
        _computed = true;
    }

    /// <summary>The getter of a column of vectors, whose values are in an array once a row is computed.</summary>
    protected ValueGetter<VBuffer<T>> VectorGetter<T>(T[] values) => (ref VBuffer<T> value) =>
    {
        Update();
        var editor = VBufferEditor.Create(ref value, values.Length);
        values.CopyTo(editor.Values);
        value = editor.Commit();
    };

    /// <summary>Puts the reasons of a row into the array of their column.</summary>
    protected static void FillReasons(ReadOnlyMemory<char>[] texts, List<FeatureDescription> reasons)
    {
        for (int i = 0; i < texts.Length; i++)
            texts[i] = (i < reasons.Count ? reasons[i].ToString() : "").AsMemory();
    }

    /// <summary>
    /// The row's number in its table, for messages, or −1: a position only counts what a cursor, one of several, or a prediction engine
    /// has read so far.
    /// </summary>
    private long RowNumber()
    {
        if (_id is null) return -1;
        var id = default(DataViewRowId);
        _id(ref id);
        return id.High == 0 ? (long)id.Low : -1;
    }
}
