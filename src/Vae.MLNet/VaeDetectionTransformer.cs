using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Vae.Detection;
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
/// <c>mlContext.AnomalyDetection.Evaluate</c> looks for. A row that cannot be scored throws as it does in
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

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) =>
        RowMapper.ForRows(_host, Errors.NotNull(_host, inputSchema, nameof(inputSchema)), Map);

    void ICanSaveModel.Save(ModelSaveContext ctx) =>
        ModelStream.Save(_host, ctx, ModelStream.Detection, writer => DetectorFormat.Write(Content, writer));

    /// <summary>Checks that a schema has the input columns and conditions, and maps its rows.</summary>
    internal RowMapper Map(DataViewSchema schema)
    {
        int[] inputs = InputColumn.Bind(_host, schema, Content.Inputs);
        var columns = Array.ConvertAll(_outputs, output => output.Describe());
        return new RowMapper(this, inputs, columns, CreateGetters, graph => SaveAsOnnx(graph, columns));
    }

    private Delegate[] CreateGetters(DataViewRow row, int[] active)
    {
        var getters = new DetectionGetters(_host, row, Content.Inputs, Detector);
        return Array.ConvertAll(active, i => getters.Get(_outputs[i].Kind));
    }

    private void SaveAsOnnx(OnnxContextGraph graph, DataViewSchema.DetachedColumn[] columns) =>
        new OnnxColumns(graph, Content.Inputs).Append(Detector, Array.ConvertAll(_outputs, output => output.Kind), columns);
}
