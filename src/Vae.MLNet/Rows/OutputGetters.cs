using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Vae.Inference;
using Vae.MLNet.Columns;
using Vae.MLNet.Internals;

namespace Vae.MLNet.Rows;

/// <summary>
/// The active output columns of one cursor. Everything that is asked of a row is computed in one pass, when the first of its columns is
/// read; nothing is computed for a column that is not active, and nothing is allocated per row.
/// </summary>
internal sealed class OutputGetters
{
    private readonly IExceptionContext _errors;
    private readonly DataViewRow _input;
    private readonly ValueGetter<DataViewRowId>? _id;
    private readonly RowReader _reader;
    private readonly RowEvaluator _evaluator;
    private readonly float[] _row;
    private readonly float[] _scratch;
    private readonly float[] _means;
    private readonly float[] _logVariances;
    private readonly float[] _scores;
    private readonly float[] _cellScores;
    private readonly float[] _reconstructions;
    private long _position;
    private bool _computed;

    /// <param name="errors">Whose exceptions.</param>
    /// <param name="input">The cursor.</param>
    /// <param name="inputs">The columns to read.</param>
    /// <param name="model">The model that the rows go through.</param>
    /// <param name="active">The output columns that will be read.</param>
    public OutputGetters(
        IExceptionContext errors, DataViewRow input, IReadOnlyList<InputColumn> inputs, VaeModel model, OutputColumnKinds active)
    {
        _errors = errors;
        _input = input;
        _id = (input as DataViewRowCursor)?.GetIdGetter();
        _reader = new RowReader(errors, input, inputs);
        _evaluator = model.Evaluator;
        _row = new float[model.Layout.RowWidth];
        _scratch = new float[_evaluator.ScratchLength(1)];
        _means = Values(OutputColumnKinds.Embedding, model.LatentDimension);
        _logVariances = Values(OutputColumnKinds.LogVariance, model.LatentDimension);
        _scores = Values(OutputColumnKinds.Score, 1);
        _cellScores = Values(OutputColumnKinds.CellScores, model.Layout.SlotCount);
        _reconstructions = Values(OutputColumnKinds.Reconstruction, model.Layout.SlotCount);

        float[] Values(OutputColumnKinds kind, int length) => active.HasFlag(kind) ? new float[length] : [];
    }

    /// <summary>The getter of an active column.</summary>
    public Delegate Get(OutputColumnKinds kind) => kind switch
    {
        OutputColumnKinds.Embedding => GetVector(_means),
        OutputColumnKinds.LogVariance => GetVector(_logVariances),
        OutputColumnKinds.CellScores => GetVector(_cellScores),
        OutputColumnKinds.Reconstruction => GetVector(_reconstructions),
        _ => GetScore(),
    };

    private ValueGetter<float> GetScore() => (ref float value) =>
    {
        Compute();
        value = _scores[0];
    };

    private ValueGetter<VBuffer<float>> GetVector(float[] values) => (ref VBuffer<float> value) =>
    {
        Compute();
        var editor = VBufferEditor.Create(ref value, values.Length);
        values.CopyTo(editor.Values);
        value = editor.Commit();
    };

    private void Compute()
    {
        long position = _input.Position;
        if (_computed && _position == position) return;
        _computed = false;
        var row = _reader.ReadInPlace(_row);
        var outputs = new RowOutputs
        {
            Means = _means,
            LogVariances = _logVariances,
            Scores = _scores,
            CellScores = _cellScores,
            Reconstructions = _reconstructions,
        };
        try
        {
            _evaluator.Evaluate(row, 1, outputs, RowNumber(), _scratch);
        }
        catch (ArgumentException exception)
        {
            throw Errors.Data(_errors, exception, exception.Message);
        }

        _position = position;
        _computed = true;
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
