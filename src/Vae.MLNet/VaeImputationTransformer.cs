using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Vae.Imputation;
using Vae.MLNet.Columns;
using Vae.MLNet.Internals;
using Vae.MLNet.Persistence;
using Vae.MLNet.Rows;

namespace Vae.MLNet;

/// <summary>
/// Fills the gaps of columns; values that are there stay what they are, to the bit. Immutable and thread-safe: several cursors may read,
/// and the transformer may be saved, at the same time. Saved in an ML.NET model, it is loaded by <c>mlContext.Model.Load</c> without any
/// registration.
/// </summary>
/// <remarks>
/// The same row is filled with the same values, wherever it stands. A row that cannot be read throws as it does in
/// <see cref="VaeEmbeddingTransformer"/>.
/// </remarks>
public sealed class VaeImputationTransformer : ITransformer
{
    private readonly IHost _host;
    private readonly FilledColumn[] _outputs;

    internal VaeImputationTransformer(IHost host, ImputerContent content)
    {
        _host = host;
        Content = content;
        _outputs = [.. FilledColumn.All(content.Inputs, content.Outputs, content.Probabilities)];
    }

    /// <summary>The imputer, usable without ML.NET; its models have the history and the diagnosis of their training.</summary>
    public VaeImputer Imputer => Content.Imputer;

    /// <summary>The columns that are modelled.</summary>
    public IReadOnlyList<string> InputColumnNames => InputColumn.Names(Content.Inputs, InputColumnRole.Modelled);

    /// <summary>The columns that the models are conditioned on.</summary>
    public IReadOnlyList<string> ConditionColumnNames => InputColumn.Names(Content.Inputs, InputColumnRole.Condition);

    /// <summary>The filled columns, in the order of the input columns.</summary>
    public IReadOnlyList<string> OutputColumnNames => [.. Content.Outputs];

    internal ImputerContent Content { get; }

    bool ITransformer.IsRowToRowMapper => true;

    /// <inheritdoc cref="VaeEmbeddingTransformer.GetOutputSchema"/>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) =>
        Map(Errors.NotNull(_host, inputSchema, nameof(inputSchema))).OutputSchema(inputSchema);

    /// <inheritdoc cref="VaeEmbeddingTransformer.Transform"/>
    public IDataView Transform(IDataView input) => RowMapper.View(_host, Errors.NotNull(_host, input, nameof(input)), Map);

    /// <summary>
    /// Several tables whose gaps are filled with draws from p(missing|observed) instead of points, for multiple imputation (Rubin 1987):
    /// do with each what you would do with a table without gaps, and look at how the results differ.
    /// </summary>
    /// <param name="input">The data.</param>
    /// <param name="count">The number of tables; at least 1.</param>
    /// <returns>
    /// The tables, filled when they are read; reading one again, by however many cursors, gives the same values.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// An input column is missing or has another type, or <paramref name="count"/> is below 1.
    /// </exception>
    public IReadOnlyList<IDataView> Draw(IDataView input, int count)
    {
        Errors.NotNull(_host, input, nameof(input));
        if (count < 1) throw Errors.Option(_host, nameof(count), "At least one table must be drawn.");
        return [.. Enumerable.Range(0, count).Select(draw => RowMapper.View(_host, input, schema => Map(schema, draw)))];
    }

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) =>
        RowMapper.ForRows(_host, Errors.NotNull(_host, inputSchema, nameof(inputSchema)), Map);

    void ICanSaveModel.Save(ModelSaveContext ctx) =>
        ModelStream.Save(_host, ctx, ModelStream.Imputation, writer => ImputerFormat.Write(Content, writer));

    /// <summary>Checks that a schema has the input columns and conditions, and maps its rows.</summary>
    internal RowMapper Map(DataViewSchema schema) => Map(schema, draw: null);

    private RowMapper Map(DataViewSchema schema, int? draw)
    {
        int[] inputs = InputColumn.Bind(_host, schema, Content.Inputs);
        var outputs = Array.ConvertAll(_outputs, output => output.Describe(schema, Imputer.Layout));
        return new RowMapper(this, inputs, outputs, (row, active) =>
        {
            var getters = new ImputationGetters(_host, row, Content.Inputs, Imputer, draw);
            return Array.ConvertAll(active, i => getters.Get(_outputs[i]));
        });
    }
}
