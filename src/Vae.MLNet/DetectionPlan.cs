using Microsoft.ML.Runtime;
using Vae.Detection;
using Vae.MLNet.Columns;

namespace Vae.MLNet;

/// <summary>The checked options of an estimator of detectors.</summary>
internal sealed record DetectionPlan : TrainingPlan
{
    /// <exception cref="ArgumentOutOfRangeException">An option is not valid; the message names it.</exception>
    public DetectionPlan(IHost host, VaeDetectionEstimator.Options options)
        : base(host, options)
    {
        Require(host, InputColumnNames.Count > 0, nameof(InputColumnNames), "A detector needs an input column.");
        Outputs =
        [
            new(options.ScoreColumnName, DetectionColumnKind.Score),
            new(options.PValueColumnName, DetectionColumnKind.PValue),
            new(options.PredictedLabelColumnName, DetectionColumnKind.PredictedLabel),
        ];
        if (options.ReasonsColumnName is { } reasons)
        {
            Outputs = [.. Outputs, new(reasons, DetectionColumnKind.Reasons)];
            CheckOutputs(host, nameof(options.ReasonsColumnName), reasons);
        }

        ReasonCount = CheckReasons(host, options.ReasonCount);
        CheckOutputs(host, nameof(options.ScoreColumnName), options.ScoreColumnName);
        CheckOutputs(host, nameof(options.PValueColumnName), options.PValueColumnName);
        CheckOutputs(host, nameof(options.PredictedLabelColumnName), options.PredictedLabelColumnName);
        string[] outputs = Array.ConvertAll(Outputs, output => output.Name);
        CheckNames(host, nameof(options.ScoreColumnName), outputs, outputs);
        Detection = new DetectionOptions
        {
            Model = options.ToModelOptions(host.Rand.Next),
            FalseAlarmRate = options.FalseAlarmRate,
            Contamination = options.Contamination,
            Trim = options.Trim,
            CalibrationFraction = options.CalibrationFraction,
            CalibrationFolds = options.CalibrationFolds,
        };
        Check(host, nameof(options.Model), Detection.Validate);
    }

    /// <summary>The columns that will be appended.</summary>
    public DetectionColumn[] Outputs { get; }

    /// <summary>The number of reasons, if there is a column of them.</summary>
    public int ReasonCount { get; }

    /// <summary>The options of the detector, with the seed.</summary>
    public DetectionOptions Detection { get; }

    private void CheckOutputs(IHost host, string option, string name)
    {
        Require(host, !string.IsNullOrWhiteSpace(name), option, "The output column needs a name.");
        bool twice = Outputs.Count(output => output.Name == name) > 1;
        Require(host, !twice, option, $"Output column '{name}' specified multiple times.");
    }
}
