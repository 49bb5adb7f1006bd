using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Vae.Detection;
using Vae.Explanation;
using Vae.MLNet.Columns;
using Vae.MLNet.Internals;
using Vae.MLNet.Persistence;
using Vae.MLNet.Rows;

namespace Vae.MLNet;

/// <summary>
/// Appends to rows how unusual they are, their p-value, and whether they are anomalies. Immutable and thread-safe: several cursors may
/// read, and the transformer may be saved, at the same time. Saved in an ML.NET model, it is loaded by <c>mlContext.Model.Load</c> without
/// any registration.
/// </summary>
/// <remarks>
/// Columns: "Score" (Single), "PValue" (Single) and "PredictedLabel" (Boolean), unless they were given other names: those that
/// <c>mlContext.AnomalyDetection.Evaluate</c> looks for; and reasons in words, if they were asked for. A row that cannot be scored throws
/// as it does in
/// <see cref="VaeEmbeddingTransformer"/>.
/// </remarks>
public sealed class VaeDetectionTransformer : ITransformer
{
    private readonly IHost _host;
    private readonly DetectionColumn[] _outputs;

    internal VaeDetectionTransformer(IHost host, DetectorContent content)
    {
        _host = host;
        Content = content;
        _outputs = [.. content.Outputs.Zip(Enum.GetValues<DetectionColumnKind>(), (name, kind) => new DetectionColumn(name, kind))];
    }

    /// <summary>The detector, usable without ML.NET; its models have the history and the diagnosis of their training.</summary>
    public VaeDetector Detector => Content.Detector;

    /// <summary>The columns that are modelled.</summary>
    public IReadOnlyList<string> InputColumnNames => InputColumn.Names(Content.Inputs, InputColumnRole.Modelled);

    /// <summary>The columns that the model is conditioned on.</summary>
    public IReadOnlyList<string> ConditionColumnNames => InputColumn.Names(Content.Inputs, InputColumnRole.Condition);

    internal DetectorContent Content { get; }

    internal IHost Host => _host;

    bool ITransformer.IsRowToRowMapper => true;

    /// <inheritdoc cref="VaeEmbeddingTransformer.GetOutputSchema"/>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) =>
        Map(Errors.NotNull(_host, inputSchema, nameof(inputSchema))).OutputSchema(inputSchema);

    /// <inheritdoc cref="VaeEmbeddingTransformer.Transform"/>
    public IDataView Transform(IDataView input) => RowMapper.View(_host, Errors.NotNull(_host, input, nameof(input)), Map);

    /// <summary>
    /// Says of each row why it is as unusual as it is, unseen categories included; with several models it is the mean of what they say.
    /// </summary>
    /// <inheritdoc cref="VaeEmbeddingTransformer.Explain"/>
    public IEnumerable<RowDescription> Explain(
        IDataView data, int top = RowDescription.DefaultReasons, double level = RowDescription.DefaultLevel)
    {
        VaeEmbeddingTransformer.CheckExplain(top, level);
        return RowSequence.Select(_host, data, Content.Inputs, (row, number) => Detector.Describe(row, number, top, level));
    }

    /// <summary>
    /// Finds in each row the values without which it is normal: <see cref="VaeDetector.Repair(ReadOnlySpan{float}, double?)"/>.
    /// </summary>
    /// <param name="data">Data with the input columns and conditions.</param>
    /// <param name="pValue">What the p-value of a repaired row has to be above, in [0, 1); null for the false alarm rate.</param>
    /// <returns>One repair for each row, computed when it is asked for; without features where the row is no anomaly.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// An input column or condition is missing or has another type than in training, or the p-value is not in its range.
    /// </exception>
    public IEnumerable<RowRepair> Repair(IDataView data, double? pValue = null)
    {
        double bound = Detector.CheckRepair(pValue);
        return RowSequence.Select(_host, data, Content.Inputs, (row, number) => Detector.Repair(row, number, bound));
    }

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) =>
        RowMapper.ForRows(_host, Errors.NotNull(_host, inputSchema, nameof(inputSchema)), Map);

    void ICanSaveModel.Save(ModelSaveContext ctx) =>
        ModelStream.Save(_host, ctx, ModelStream.Detection, writer => DetectorFormat.Write(Content, writer));

    /// <summary>Checks that a schema has the input columns and conditions, and maps its rows.</summary>
    internal RowMapper Map(DataViewSchema schema)
    {
        int[] inputs = InputColumn.Bind(_host, schema, Content.Inputs);
        var columns = Array.ConvertAll(_outputs, output => output.Describe(Content.ReasonCount));
        return new RowMapper(this, inputs, columns, CreateGetters, graph => SaveAsOnnx(graph, columns));
    }

    private Delegate[] CreateGetters(DataViewRow row, int[] active)
    {
        var kinds = Array.ConvertAll(active, i => _outputs[i].Kind);
        int reasons = kinds.Contains(DetectionColumnKind.Reasons) ? Content.ReasonCount : 0;
        var getters = new DetectionGetters(_host, row, Content.Inputs, Detector, reasons);
        return Array.ConvertAll(kinds, getters.Get);
    }

    private void SaveAsOnnx(OnnxContextGraph graph, DataViewSchema.DetachedColumn[] columns) =>
        new OnnxColumns(graph, Content.Inputs).Append(Detector, Array.ConvertAll(_outputs, output => output.Kind), columns);
}
