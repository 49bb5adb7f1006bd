using Microsoft.ML;
using Microsoft.ML.Runtime;
using Vae.Imputation;
using Vae.MLNet.Internals;
using Vae.MLNet.Persistence;
using Vae.MLNet.Training;

namespace Vae.MLNet;

/// <summary>
/// Trains variational autoencoders on columns with gaps, and fills the gaps: <c>mlContext.Transforms.VaeImpute</c>. Columns are read as
/// <see cref="VaeEmbeddingEstimator"/> reads them, and come out with the type and the annotations that they came in with.
/// </summary>
/// <remarks>
/// The rows are read several times: put <c>AppendCacheCheckpoint</c> before it where reading is slow. ML.NET presents a category that
/// training did not see as it presents a gap, and it is filled like one. Boolean and integers have no missing value and come out as they
/// are.
/// </remarks>
public sealed class VaeImputationEstimator : IEstimator<VaeImputationTransformer>
{
    private readonly IHost _host;
    private readonly ImputationPlan _plan;

    internal VaeImputationEstimator(IHostEnvironment environment, Options options)
    {
        _host = environment.Register(nameof(VaeImputationEstimator));
        Errors.NotNull(_host, options, nameof(options));
        _plan = new ImputationPlan(_host, options);
    }

    /// <summary>Trains on data.</summary>
    /// <param name="input">The data, gaps included; only the input columns, the conditions and the weights are read.</param>
    /// <returns>The transformer.</returns>
    /// <inheritdoc cref="VaeEmbeddingEstimator.Fit(IDataView)" path="/exception"/>
    public VaeImputationTransformer Fit(IDataView input)
    {
        Errors.NotNull(_host, input, nameof(input));
        var rows = _plan.Open(_host, input);
        Hosting.ThrowIfCanceled(_host);
        using var channel = _host.Start("Training");
        var trainer = TrainerResolver.Resolve(_plan.Trainer, _host, channel);
        var imputer = new ModelTraining(_host, channel).Run(
            rows, _plan.Training, full => VaeImputer.Train(trainer, rows, _plan.Imputation, full), trained => trained.Models);
        return new VaeImputationTransformer(
            _host, new ImputerContent(imputer, rows.Inputs, [.. _plan.OutputColumnNames], _plan.Probabilities));
    }

    /// <summary>The shape of the schema with the columns that the transformer will fill.</summary>
    /// <param name="inputSchema">The shape of the data's schema.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or has a type that cannot be read.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Errors.NotNull(_host, inputSchema, nameof(inputSchema));
        _plan.Check(_host, inputSchema);
        return Shapes.Append(inputSchema, [.. _plan.Fill(_host, inputSchema)]);
    }

    /// <summary>Everything that can be chosen about a <see cref="VaeImputationEstimator"/>.</summary>
    public sealed class Options : VaeTrainingOptions
    {
        /// <summary>The names of the filled columns, one for each input column; null fills the columns under their own names.</summary>
        public IReadOnlyList<string>? OutputColumnNames { get; set; }

        /// <summary>
        /// Whether a column "{output}Probabilities" is appended for each input column that is a key or a vector: a vector of its slots,
        /// with the probabilities of missing categories and yes/no values, and otherwise the values of the filled column.
        /// </summary>
        public bool Probabilities { get; set; }

        /// <inheritdoc cref="ImputationOptions.Numbers"/>
        public NumberImputation Numbers { get; set; }

        /// <inheritdoc cref="ImputationOptions.ModelCount"/>
        public int ModelCount { get; set; } = ImputationOptions.Defaults.ModelCount;

        /// <inheritdoc cref="ImputationOptions.Samples"/>
        public int Samples { get; set; } = ImputationOptions.Defaults.Samples;
    }
}
