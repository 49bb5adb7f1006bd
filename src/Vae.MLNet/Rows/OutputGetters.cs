using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Vae.Inference;
using Vae.MLNet.Columns;

namespace Vae.MLNet.Rows;

/// <summary>
/// The active output columns of an embedding. Nothing is computed for a column that is not active, and nothing is allocated per row.
/// </summary>
internal sealed class OutputGetters : RowGetters
{
    private readonly RowEvaluator _evaluator;
    private readonly EmbeddingUnits _units;
    private readonly float[] _scratch;
    private readonly float[] _means;
    private readonly float[] _logVariances;
    private readonly float[] _scores;
    private readonly float[] _cellScores;
    private readonly float[] _reconstructions;

    /// <param name="errors">Whose exceptions.</param>
    /// <param name="input">The cursor.</param>
    /// <param name="inputs">The columns to read.</param>
    /// <param name="model">The model that the rows go through.</param>
    /// <param name="active">The output columns that will be read.</param>
    public OutputGetters(
        IExceptionContext errors, DataViewRow input, IReadOnlyList<InputColumn> inputs, VaeModel model, OutputColumnKinds active)
        : base(errors, input, inputs, model.Layout.RowWidth)
    {
        _evaluator = model.Evaluator;
        _units = model.Units;
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
        Update();
        value = _scores[0];
    };

    private ValueGetter<VBuffer<float>> GetVector(float[] values) => (ref VBuffer<float> value) =>
    {
        Update();
        var editor = VBufferEditor.Create(ref value, values.Length);
        values.CopyTo(editor.Values);
        value = editor.Commit();
    };

    /// <inheritdoc/>
    protected override void Compute(ReadOnlySpan<float> row, long number)
    {
        var outputs = new RowOutputs
        {
            Means = _means,
            LogVariances = _logVariances,
            Scores = _scores,
            CellScores = _cellScores,
            Reconstructions = _reconstructions,
        };
        _evaluator.Evaluate(row, 1, outputs, number, _scratch);
        _units.Apply(_means, _logVariances);
    }
}
