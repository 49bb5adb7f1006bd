using Microsoft.ML;
using Microsoft.ML.Runtime;
using Vae.Detection;
using Vae.Explanation;
using Vae.MLNet.Internals;
using Vae.MLNet.Persistence;
using Vae.MLNet.Training;

namespace Vae.MLNet;

/// <summary>
/// Trains a variational autoencoder on columns of a table and calibrates its score, so that anomalies are found at a false alarm rate that
/// was chosen: <c>mlContext.Transforms.VaeDetect</c>. Columns are read as <see cref="VaeEmbeddingEstimator"/> reads them; no row needs a
/// label.
/// </summary>
/// <remarks>
/// The rows are read several times: put <c>AppendCacheCheckpoint</c> before it where reading is slow. Categories that training did not see
/// cost at least as much as the rarest that it saw; they are not missing values, unless training rows have gaps in the same column, for
/// ML.NET presents both as all zeros (or as key 0).
/// </remarks>
public sealed class VaeDetectionEstimator : IEstimator<VaeDetectionTransformer>
{
    private readonly IHost _host;
    private readonly DetectionPlan _plan;

    internal VaeDetectionEstimator(IHostEnvironment environment, Options options)
    {
        _host = environment.Register(nameof(VaeDetectionEstimator));
        Errors.NotNull(_host, options, nameof(options));
        _plan = new DetectionPlan(_host, options);
    }

    /// <summary>Trains and calibrates on data.</summary>
    /// <param name="input">The data; only the input columns, the conditions and the weights are read.</param>
    /// <returns>The transformer.</returns>
    /// <exception cref="InvalidOperationException">
    /// The data cannot be trained on: no rows, only missing values, an invalid value (the message names slot and row), or too few rows for
    /// an alarm at the false alarm rate (it says how many are needed). Or the checkpoint is of another training. Or the trainer or the GPU
    /// that was asked for is not there.
    /// </exception>
    /// <inheritdoc cref="VaeEmbeddingEstimator.Fit(IDataView)" path="/exception"/>
    public VaeDetectionTransformer Fit(IDataView input)
    {
        Errors.NotNull(_host, input, nameof(input));
        var rows = _plan.Open(_host, input);
        Hosting.ThrowIfCanceled(_host);
        using var channel = _host.Start("Training");
        var trainer = TrainerResolver.Resolve(_plan.Trainer, _host, channel);
        var detector = new ModelTraining(_host, channel).Run(
            rows, _plan.Training, full => VaeDetector.Train(trainer, rows, _plan.Detection, full), trained => trained.Models);
        Hosting.Info(channel, $"Calibrated with the scores of {detector.CalibrationRows} rows.");
        return new VaeDetectionTransformer(
            _host, new DetectorContent(detector, rows.Inputs, Array.ConvertAll(_plan.Outputs, output => output.Name), _plan.ReasonCount));
    }

    /// <summary>The shape of the schema with the columns that the transformer will append.</summary>
    /// <param name="inputSchema">The shape of the data's schema.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or has a type that cannot be read.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Errors.NotNull(_host, inputSchema, nameof(inputSchema));
        _plan.Check(_host, inputSchema);
        return Shapes.Append(inputSchema, _plan.Outputs.Select(output => output.Describe(_plan.ReasonCount)));
    }

    /// <summary>Everything that can be chosen about a <see cref="VaeDetectionEstimator"/>.</summary>
    public sealed class Options : VaeTrainingOptions
    {
        /// <summary>The column of scores (Single): reconstruction term + KL in nats; higher is more unusual.</summary>
        public string ScoreColumnName { get; set; } = "Score";

        /// <summary>The column of p-values (Single): about the part of normal rows that are as unusual or more.</summary>
        public string PValueColumnName { get; set; } = "PValue";

        /// <summary>The column that is true for anomalies (Boolean): where the p-value is at most <see cref="FalseAlarmRate"/>.</summary>
        public string PredictedLabelColumnName { get; set; } = "PredictedLabel";

        /// <summary>
        /// The column of reasons (vector of text, <see cref="ReasonCount"/> of them), such as "Amount is 9,950, expected 87 to 140", empty
        /// where there are fewer; null for none. It takes two evaluations for each feature, of up to 64, by each model.
        /// </summary>
        public string? ReasonsColumnName { get; set; }

        /// <summary>The number of reasons in <see cref="ReasonsColumnName"/>, from 1 to 1,000.</summary>
        public int ReasonCount { get; set; } = RowDescription.DefaultReasons;

        /// <inheritdoc cref="DetectionOptions.FalseAlarmRate"/>
        public double FalseAlarmRate { get; set; } = DetectionOptions.Defaults.FalseAlarmRate;

        /// <inheritdoc cref="DetectionOptions.Contamination"/>
        public double Contamination { get; set; }

        /// <inheritdoc cref="DetectionOptions.Trim"/>
        public double Trim { get; set; } = DetectionOptions.Defaults.Trim;

        /// <inheritdoc cref="DetectionOptions.CalibrationFraction"/>
        public double CalibrationFraction { get; set; } = DetectionOptions.Defaults.CalibrationFraction;

        /// <inheritdoc cref="DetectionOptions.CalibrationFolds"/>
        public int? CalibrationFolds { get; set; }
    }
}
