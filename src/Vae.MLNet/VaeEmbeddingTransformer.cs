using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Vae.Diagnostics;
using Vae.History;
using Vae.MLNet.Columns;
using Vae.MLNet.Internals;
using Vae.MLNet.Persistence;

namespace Vae.MLNet;

/// <summary>
/// Appends the embedding of a trained variational autoencoder to rows. Immutable and thread-safe: several cursors may read, and the transformer may
/// be saved, at the same time. Saved in an ML.NET model, it is loaded by <c>mlContext.Model.Load</c> without any registration.
/// </summary>
/// <remarks>
/// Columns: "{output}", the posterior mean μ, and "{output}LogVariance", log σ² (both Vector&lt;Single, k&gt;); and those of
/// <see cref="VaeOutputColumns"/> that were asked for. A row with an infinite value, or with a value that is not 0 or 1 in a binary or one-hot slot,
/// cannot be scored: reading it throws an <see cref="InvalidOperationException"/> that names the column, the slot and the row. NaN is missing.
/// </remarks>
public sealed class VaeEmbeddingTransformer : ITransformer
{
    internal VaeEmbeddingTransformer(IHost host, VaeModel model, InputColumn[] inputs, string outputColumnName, VaeOutputColumns additionalColumns)
    {
        Host = host;
        Model = model;
        Inputs = inputs;
        OutputColumnName = outputColumnName;
        AdditionalColumns = additionalColumns;
        Outputs = OutputColumn.All(outputColumnName, additionalColumns);
    }

    /// <summary>The trained model, usable without ML.NET.</summary>
    public VaeModel Model { get; }

    /// <summary>The course of the training.</summary>
    public TrainingHistory History => Model.History;

    /// <summary>What the model has learned, with findings in plain words.</summary>
    public VaeDiagnosis Diagnosis => Model.Diagnosis;

    /// <summary>The columns that are embedded.</summary>
    public IReadOnlyList<string> InputColumnNames => Names(InputColumnRole.Modelled);

    /// <summary>The columns that the embedding is conditioned on; empty for an ordinary VAE. They are read as the input columns are.</summary>
    public IReadOnlyList<string> ConditionColumnNames => Names(InputColumnRole.Condition);

    /// <summary>The name of the embedding's column, and the beginning of the other columns' names.</summary>
    public string OutputColumnName { get; }

    /// <summary>The columns besides the embedding and its log-variance.</summary>
    public VaeOutputColumns AdditionalColumns { get; }

    internal IHost Host { get; }

    /// <summary>All columns that are read, in the order of their slots in a row: the conditions come last.</summary>
    internal InputColumn[] Inputs { get; }

    internal OutputColumn[] Outputs { get; }

    bool ITransformer.IsRowToRowMapper => true;

    /// <summary>The schema with the appended columns.</summary>
    /// <param name="inputSchema">A schema with the input columns and conditions.</param>
    /// <exception cref="ArgumentOutOfRangeException">An input column or condition is missing or has another type than in training.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) =>
        RowMapper.OutputSchema(this, Errors.NotNull(Host, inputSchema, nameof(inputSchema)));

    /// <summary>Appends the columns. They are computed when they are read, and only those that are read.</summary>
    /// <param name="input">Data with the input columns and conditions.</param>
    /// <exception cref="ArgumentOutOfRangeException">An input column or condition is missing or has another type than in training.</exception>
    public IDataView Transform(IDataView input) => RowMapper.Transform(this, Errors.NotNull(Host, input, nameof(input)));

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) =>
        RowMapper.ForRows(this, Errors.NotNull(Host, inputSchema, nameof(inputSchema)));

    void ICanSaveModel.Save(ModelSaveContext ctx) => ModelStream.Save(Host, ctx, writer => TransformerFormat.Write(this, writer));

    private string[] Names(InputColumnRole role) => [.. Inputs.Where(input => input.Role == role).Select(input => input.Name)];
}
