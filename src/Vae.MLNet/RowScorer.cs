using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Vae.Inference;
using Vae.MLNet.Columns;
using Vae.MLNet.Internals;

namespace Vae.MLNet;

/// <summary>
/// The active columns of one cursor. Everything that is asked of a row is computed in one pass, when the first of its columns is read; nothing is
/// computed for a column that is not active, and nothing is allocated per row.
/// </summary>
internal sealed class RowScorer
{
    private readonly IExceptionContext _errors;
    private readonly DataViewRow _input;
    private readonly RowReader _reader;
    private readonly RowEvaluator _evaluator;
    private readonly float[] _row;
    private readonly float[] _scratch;
    private readonly float[][] _values = new float[Enum.GetValues<OutputColumnKind>().Length][];
    private long _position;
    private bool _computed;

    /// <param name="transformer">Whose columns.</param>
    /// <param name="input">The cursor.</param>
    /// <param name="active">The columns that will be read.</param>
    public RowScorer(VaeEmbeddingTransformer transformer, DataViewRow input, IEnumerable<OutputColumnKind> active)
    {
        var model = transformer.Model;
        _errors = transformer.Host;
        _input = input;
        _reader = new RowReader(_errors, input, transformer.Inputs);
        _evaluator = model.Evaluator;
        _row = new float[model.Layout.RowWidth];
        _scratch = new float[_evaluator.ScratchLength(1)];
        Array.Fill(_values, []);
        foreach (var kind in active)
        {
            _values[(int)kind] = new float[kind switch
            {
                OutputColumnKind.Embedding or OutputColumnKind.LogVariance => model.LatentDimension,
                OutputColumnKind.Score => 1,
                _ => model.Layout.SlotCount,
            }];
        }
    }

    /// <summary>The getter of an active column.</summary>
    public Delegate GetGetter(OutputColumnKind kind)
    {
        float[] values = _values[(int)kind];
        if (kind == OutputColumnKind.Score)
        {
            return (ValueGetter<float>)((ref float value) =>
            {
                Compute();
                value = values[0];
            });
        }

        return (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) =>
        {
            Compute();
            var editor = VBufferEditor.Create(ref value, values.Length);
            values.CopyTo(editor.Values);
            value = editor.Commit();
        });
    }

    private void Compute()
    {
        long position = _input.Position;
        if (_computed && _position == position) return;
        _computed = false;
        var row = _reader.ReadInPlace(_row);
        var outputs = new RowOutputs
        {
            Means = _values[(int)OutputColumnKind.Embedding],
            LogVariances = _values[(int)OutputColumnKind.LogVariance],
            Scores = _values[(int)OutputColumnKind.Score],
            CellScores = _values[(int)OutputColumnKind.CellScores],
            Reconstructions = _values[(int)OutputColumnKind.Reconstruction],
        };
        try
        {
            _evaluator.Evaluate(row, 1, outputs, position, _scratch);
        }
        catch (ArgumentException exception)
        {
            throw Errors.Data(_errors, exception, exception.Message);
        }

        _position = position;
        _computed = true;
    }
}
