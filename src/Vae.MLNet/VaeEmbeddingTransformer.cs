using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Vae.Data;
using Vae.Diagnostics;
using Vae.Explanation;
using Vae.History;
using Vae.MLNet.Columns;
using Vae.MLNet.Internals;
using Vae.MLNet.Persistence;
using Vae.MLNet.Rows;
using Vae.MLNet.Synthesis;
using Vae.Synthesis;

namespace Vae.MLNet;

/// <summary>
/// Appends the embedding of a trained variational autoencoder to rows. Immutable and thread-safe: several cursors may read, and the
/// transformer may be saved, at the same time. Saved in an ML.NET model, it is loaded by <c>mlContext.Model.Load</c> without any
/// registration.
/// </summary>
/// <remarks>
/// Columns: "{output}", the posterior mean μ, and "{output}LogVariance", log σ² (both Vector&lt;Single, k&gt;); and those of
/// <see cref="VaeOutputColumns"/> that were asked for. A row with an infinite value, or with a value that is not 0 or 1 in a binary or
/// one-hot slot, cannot be scored: reading it throws an <see cref="InvalidOperationException"/> that names the column, the slot and the
/// row. NaN is missing.
/// </remarks>
public sealed class VaeEmbeddingTransformer : ITransformer
{
    private readonly IHost _host;
    private readonly OutputColumn[] _outputs;

    internal VaeEmbeddingTransformer(IHost host, TransformerContent content)
    {
        _host = host;
        Content = content;
        _outputs = OutputColumn.All(content.OutputColumnName, content.AdditionalColumns);
    }

    /// <summary>The trained model, usable without ML.NET.</summary>
    public VaeModel Model => Content.Model;

    /// <summary>The course of the training.</summary>
    public TrainingHistory History => Model.History;

    /// <summary>What the model has learned, with findings in plain words.</summary>
    public VaeDiagnosis Diagnosis => Model.Diagnosis;

    /// <summary>The columns that are embedded.</summary>
    public IReadOnlyList<string> InputColumnNames => InputColumn.Names(Content.Inputs, InputColumnRole.Modelled);

    /// <summary>
    /// The columns that the embedding is conditioned on; empty for an ordinary VAE. They are read as the input columns are.
    /// </summary>
    public IReadOnlyList<string> ConditionColumnNames => InputColumn.Names(Content.Inputs, InputColumnRole.Condition);

    /// <summary>The name of the embedding's column, and the beginning of the other columns' names.</summary>
    public string OutputColumnName => Content.OutputColumnName;

    /// <summary>The columns besides the embedding and its log-variance.</summary>
    public VaeOutputColumns AdditionalColumns => (VaeOutputColumns)Content.AdditionalColumns;

    internal TransformerContent Content { get; }

    internal IHost Host => _host;

    bool ITransformer.IsRowToRowMapper => true;

    /// <summary>The schema with the appended columns.</summary>
    /// <param name="inputSchema">A schema with the input columns and conditions.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// An input column or condition is missing or has another type than in training.
    /// </exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) =>
        Map(Errors.NotNull(_host, inputSchema, nameof(inputSchema))).OutputSchema(inputSchema);

    /// <summary>Appends the columns. They are computed when they are read, and only those that are read.</summary>
    /// <param name="input">Data with the input columns and conditions.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// An input column or condition is missing or has another type than in training.
    /// </exception>
    public IDataView Transform(IDataView input) => RowMapper.View(_host, Errors.NotNull(_host, input, nameof(input)), Map);

    /// <summary>
    /// Says of each row why it is as unusual as it is: what is there, what the other values let expect, in which interval, and how much of
    /// the score it makes up. <see cref="RowDescription.Reasons"/> has the most surprising values.
    /// </summary>
    /// <param name="data">Data with the input columns and conditions.</param>
    /// <param name="top">The largest number of reasons to look for; each takes as long as the description.</param>
    /// <param name="level">The probability of the intervals, in (0, 1).</param>
    /// <returns>One description for each row, computed when it is asked for.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// An input column or condition is missing or has another type than in training, or another argument is not in its range.
    /// </exception>
    public IEnumerable<RowDescription> Explain(
        IDataView data, int top = RowDescription.DefaultReasons, double level = RowDescription.DefaultLevel)
    {
        CheckExplain(top, level);
        return RowSequence.Select(_host, data, Content.Inputs, (row, number) => Model.Describe(row, number, top, level));
    }

    /// <summary>
    /// New rows that look like the training rows, with the columns that the model reads; drawn as they are read, as often as they are read.
    /// A model for this is trained with <see cref="Vae.Options.VaeOptions.ForSynthesis"/>. Nothing is missing in a new row.
    /// </summary>
    /// <param name="mlContext">The environment.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="where">
    /// What the rows have in columns: the name of a column, or of a feature in a vector column, and a number, a <see cref="bool"/> or the
    /// name of a category. The columns that the model is conditioned on must all be there.
    /// </param>
    /// <param name="seed">The same seed gives the same rows; another one gives others.</param>
    /// <param name="columns">The columns as the model reads them, or one for each feature, with text for categories; or both.</param>
    /// <exception cref="ArgumentException">
    /// <paramref name="where"/> names what the model does not have or what no row can be, or leaves out a column that the model is
    /// conditioned on.
    /// </exception>
    public IDataView Sample(
        MLContext mlContext, long count, IReadOnlyDictionary<string, object>? where = null, int seed = 0,
        SyntheticColumns columns = SyntheticColumns.Inputs) =>
        Sample(mlContext, count, new SynthesisOptions { Seed = seed, Where = where ?? new Dictionary<string, object>() }, columns);

    /// <summary>New rows, with all options.</summary>
    /// <param name="mlContext">The environment.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="options">How they are drawn.</param>
    /// <param name="columns">The columns.</param>
    /// <inheritdoc cref="Sample(MLContext, long, IReadOnlyDictionary{string, object}?, int, SyntheticColumns)" path="/exception"/>
    public IDataView Sample(MLContext mlContext, long count, SynthesisOptions options, SyntheticColumns columns)
    {
        Errors.NotNull(_host, mlContext, nameof(mlContext));
        Errors.NotNull(_host, options, nameof(options));
        if (count < 0) throw Errors.Argument(_host, nameof(count), "There cannot be fewer than no rows.");
        if (columns == 0 || (columns & ~(SyntheticColumns.Inputs | SyntheticColumns.Features)) != 0)
            throw Errors.Argument(_host, nameof(columns), $"There are no columns '{columns}'.");
        try
        {
            return new SyntheticDataView(Model.Synthesize(options), DrawnColumn.Of(Model.Layout, Content.Inputs, columns), count);
        }
        catch (ArgumentException exception) when (exception.Data.Count == 0)
        {
            throw Errors.Marked(_host, exception);
        }
    }

    /// <summary>
    /// The rows of data as <see cref="Model"/> takes them, for what it can do beyond ML.NET, such as <see cref="Monitoring.VaeDrift"/>.
    /// They are read from the data whenever they are asked for.
    /// </summary>
    /// <param name="data">Data with the input columns and conditions.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// An input column or condition is missing or has another type than in training.
    /// </exception>
    public IFeatureRows ReadRows(IDataView data)
    {
        Errors.NotNull(_host, data, nameof(data));
        InputColumn.Bind(_host, data.Schema, Content.Inputs);
        return new DataViewRows(_host, data, Content.Inputs, Model.Layout, null, mayBeEmpty: true);
    }

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) =>
        RowMapper.ForRows(_host, Errors.NotNull(_host, inputSchema, nameof(inputSchema)), Map);

    void ICanSaveModel.Save(ModelSaveContext ctx) =>
        ModelStream.Save(_host, ctx, ModelStream.Embedding, writer => TransformerFormat.Write(Content, writer));

    /// <summary>Checks the arguments before the first row is read.</summary>
    internal static void CheckExplain(int top, double level)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(top);
        DescriptionRequest.CheckLevel(level);
    }

    /// <summary>Checks that a schema has the input columns and conditions, and maps its rows.</summary>
    internal RowMapper Map(DataViewSchema schema)
    {
        int[] inputs = InputColumn.Bind(_host, schema, Content.Inputs);
        string[] slotNames = [.. Model.Layout.Groups.SelectMany(group => group.SlotNames)];
        var outputs = Array.ConvertAll(_outputs, output => output.Describe(Model.LatentDimension, slotNames, Content.ReasonCount));
        return new RowMapper(this, inputs, outputs, CreateGetters, graph => SaveAsOnnx(graph, outputs));
    }

    private Delegate[] CreateGetters(DataViewRow row, int[] active)
    {
        var kinds = Array.ConvertAll(active, i => _outputs[i].Kind);
        var all = kinds.Aggregate((some, kind) => some | kind);
        var getters = new OutputGetters(_host, row, Content.Inputs, Model, all, Content.ReasonCount);
        return Array.ConvertAll(kinds, getters.Get);
    }

    private void SaveAsOnnx(OnnxContextGraph graph, DataViewSchema.DetachedColumn[] outputs) =>
        new OnnxColumns(graph, Content.Inputs).Append(Model, Array.ConvertAll(_outputs, output => output.Kind), outputs);
}
