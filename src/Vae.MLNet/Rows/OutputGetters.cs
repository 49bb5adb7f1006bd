using Microsoft.ML;
using Microsoft.ML.Runtime;
using Vae.Inference;
using Vae.MLNet.Columns;

namespace Vae.MLNet.Rows;

/// <summary>
/// The active output columns of an embedding. Nothing is computed for a column that is not active, and nothing is allocated per row but
/// for reasons.
/// </summary>
internal sealed class OutputGetters : RowGetters
{
    private readonly VaeModel _model;
    private readonly RowEvaluator _evaluator;
    private readonly EmbeddingUnits _units;
    private readonly float[] _scratch;
    private readonly float[] _means;
    private readonly float[] _logVariances;
    private readonly float[] _scores;
    private readonly float[] _cellScores;
    private readonly float[] _reconstructions;
    private readonly ReadOnlyMemory<char>[] _reasons;

    /// <param name="errors">Whose exceptions.</param>
    /// <param name="input">The cursor.</param>
    /// <param name="inputs">The columns to read.</param>
    /// <param name="model">The model that the rows go through.</param>
    /// <param name="active">The output columns that will be read.</param>
    /// <param name="reasonCount">The number of reasons.</param>
    public OutputGetters(
        IExceptionContext errors, DataViewRow input, IReadOnlyList<InputColumn> inputs, VaeModel model, OutputColumnKinds active,
        int reasonCount)
        : base(errors, input, inputs, model.Layout.RowWidth)
    {
        _model = model;
        _evaluator = model.Evaluator;
        _units = model.Units;
        _scratch = new float[_evaluator.ScratchLength(1)];
        _means = Values(OutputColumnKinds.Embedding, model.LatentDimension);
        _logVariances = Values(OutputColumnKinds.LogVariance, model.LatentDimension);
        _scores = Values(OutputColumnKinds.Score, 1);
        _cellScores = Values(OutputColumnKinds.CellScores, model.Layout.SlotCount);
        _reconstructions = Values(OutputColumnKinds.Reconstruction, model.Layout.SlotCount);
        _reasons = new ReadOnlyMemory<char>[active.HasFlag(OutputColumnKinds.Reasons) ? reasonCount : 0];

        float[] Values(OutputColumnKinds kind, int length) => active.HasFlag(kind) ? new float[length] : [];
    }

    /// <summary>The getter of an active column.</summary>
    public Delegate Get(OutputColumnKinds kind) => kind switch
    {
        OutputColumnKinds.Embedding => VectorGetter(_means),
        OutputColumnKinds.LogVariance => VectorGetter(_logVariances),
        OutputColumnKinds.CellScores => VectorGetter(_cellScores),
        OutputColumnKinds.Reconstruction => VectorGetter(_reconstructions),
        OutputColumnKinds.Reasons => VectorGetter(_reasons),
        _ => GetScore(),
    };

    private ValueGetter<float> GetScore() => (ref float value) =>
    {
        Update();
        value = _scores[0];
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
        if (_reasons.Length > 0) FillReasons(_reasons, _model.Reasons(row.ToArray(), number, _reasons.Length));
    }
}
