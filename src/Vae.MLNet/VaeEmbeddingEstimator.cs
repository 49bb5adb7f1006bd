using Microsoft.ML;
using Microsoft.ML.Runtime;
using Vae.Explanation;
using Vae.MLNet.Internals;
using Vae.MLNet.Persistence;
using Vae.MLNet.Rows;
using Vae.MLNet.Training;
using Vae.Options;
using Vae.Training;

namespace Vae.MLNet;

/// <summary>
/// Trains a variational autoencoder on columns of a table and appends its embedding: <c>mlContext.Transforms.VaeEmbed</c>. Numeric slots
/// have a Gaussian likelihood; slots in ML.NET's <c>CategoricalSlotRanges</c>, Booleans and keys are categorical. Nothing has to be
/// normalized or imputed before: numbers are standardized inside, and NaN is missing.
/// </summary>
/// <remarks>
/// With <see cref="TrainerKind.Managed"/> the same seed, data and options give the same model on one machine, however often
/// <see cref="Fit(IDataView)"/> is called; with <see cref="TrainerKind.TorchSharp"/> only on the processor and with one thread.
/// </remarks>
public sealed class VaeEmbeddingEstimator : IEstimator<VaeEmbeddingTransformer>
{
    private readonly IHost _host;
    private readonly EstimatorPlan _plan;

    internal VaeEmbeddingEstimator(IHostEnvironment environment, Options options)
    {
        _host = environment.Register(nameof(VaeEmbeddingEstimator));
        Errors.NotNull(_host, options, nameof(options));
        _plan = new EstimatorPlan(_host, options);
    }

    /// <summary>Trains on data.</summary>
    /// <param name="input">The data; only the input columns, the conditions and the weights are read.</param>
    /// <returns>The transformer.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or has a type that cannot be embedded.</exception>
    /// <exception cref="InvalidOperationException">
    /// The data cannot be trained on: no rows, only missing values, or an invalid value (the message names slot and row). Or the checkpoint
    /// is of another training. Or the trainer or the GPU that was asked for is not there.
    /// </exception>
    /// <exception cref="IOException">
    /// Checkpoints cannot be written, which is found out before a row is read; or another training uses their file.
    /// </exception>
    /// <exception cref="OperationCanceledException">
    /// The token of the options was cancelled, or the environment was told to stop, and there is no model yet or none was asked for.
    /// </exception>
    /// <exception cref="FormatException">A newer version of the library wrote the checkpoint.</exception>
    /// <exception cref="InvalidDataException">The checkpoint is corrupt.</exception>
    /// <exception cref="Vae.Training.TrainingDivergedException">The loss became infinite or NaN.</exception>
    public VaeEmbeddingTransformer Fit(IDataView input) => Fit(input, null);

    /// <summary>
    /// Trains on data, starting from the weights and the standardization of an earlier model, and keeps its latent space: newer rows, more
    /// columns and more categories than it knew, and a classifier on its embedding goes on to work (<see cref="Options.AnchorWeight"/>).
    /// </summary>
    /// <param name="input">
    /// The data. What has the same column, kind and slot name as in the earlier model is carried over; what is new begins afresh, and what
    /// is gone counts as missing.
    /// </param>
    /// <param name="initial">Where to start, or null to start from random weights.</param>
    /// <returns>The transformer; <paramref name="initial"/> is unchanged.</returns>
    /// <exception cref="ArgumentException">
    /// <paramref name="initial"/> has none of the columns, or another architecture than the options.
    /// </exception>
    /// <inheritdoc cref="Fit(IDataView)" path="/exception"/>
    public VaeEmbeddingTransformer Fit(IDataView input, VaeEmbeddingTransformer? initial)
    {
        Errors.NotNull(_host, input, nameof(input));
        var rows = _plan.Open(_host, input);
        var model = Train(rows, initial?.Model);
        return new VaeEmbeddingTransformer(
            _host, new TransformerContent(model, rows.Inputs, _plan.OutputColumnName, _plan.AdditionalColumns, _plan.ReasonCount));
    }

    /// <summary>The shape of the schema with the columns that the transformer will append.</summary>
    /// <param name="inputSchema">The shape of the data's schema.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or has a type that cannot be embedded.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Errors.NotNull(_host, inputSchema, nameof(inputSchema));
        _plan.Check(_host, inputSchema);

        // A shape knows no sizes, so one latent dimension and one slot stand for all of them.
        return Shapes.Append(inputSchema, _plan.Outputs.Select(output => output.Describe(1, ["slot"], _plan.ReasonCount)));
    }

    private VaeModel Train(DataViewRows rows, VaeModel? initial)
    {
        Hosting.ThrowIfCanceled(_host);
        using var channel = _host.Start("Training");
        var trainer = TrainerResolver.Resolve(_plan.Trainer, _host, channel);
        var context = _plan.Training with { InitialModel = initial, AnchorWeight = _plan.AnchorWeight };
        return new ModelTraining(_host, channel).Run(
            rows, context, full => trainer.Train(rows, _plan.Model, full), model => [model]);
    }

    /// <summary>
    /// Everything that can be chosen about a <see cref="VaeEmbeddingEstimator"/>. The defaults are those of <see cref="VaeOptions"/>; what
    /// is often chosen can be set here directly, and everything else through <see cref="VaeTrainingOptions.Model"/>. Without input columns,
    /// the column <see cref="OutputColumnName"/> is embedded and replaced.
    /// </summary>
    public sealed class Options : VaeTrainingOptions
    {
        /// <summary>The embedding's column; the names of the other columns begin with it.</summary>
        public string OutputColumnName { get; set; } = "Embedding";

        /// <summary>The columns to append besides the embedding and its log-variance.</summary>
        public VaeOutputColumns AdditionalColumns { get; set; }

        /// <summary>The number of reasons of <see cref="VaeOutputColumns.Reasons"/>, from 1 to 1,000.</summary>
        public int ReasonCount { get; set; } = RowDescription.DefaultReasons;

        /// <inheritdoc cref="VaeOptions.EmbeddingScale"/>
        public EmbeddingScale? EmbeddingScale { get; set; }

        /// <inheritdoc cref="TrainingContext.AnchorWeight"/>
        public double AnchorWeight { get; set; } = new TrainingContext().AnchorWeight;
    }
}
