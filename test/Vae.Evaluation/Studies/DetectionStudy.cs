using Vae.Data;
using Vae.Detection;
using Vae.Evaluation.Metrics;
using Vae.Options;
using Vae.Samples;
using Vae.Testing;
using Vae.Training;
using Vae.Training.Managed;

namespace Vae.Evaluation.Studies;

/// <summary>
/// The area under the ROC curve of a detector's score on test rows, after training on rows as they are or on normal ones alone. Labels only
/// split the rows and measure the result.
/// </summary>
internal static class DetectionStudy
{
    /// <summary>High enough for an alarm on the smallest table; it does not change a score where rows suffice for a split.</summary>
    private const double FalseAlarmRate = 0.05;

    private static readonly DetectionOptions Plain = new() { FalseAlarmRate = FalseAlarmRate, Trim = 0 };
    private static readonly DetectionOptions Fixed = Plain with { Model = new VaeOptions { NoiseScale = NoiseScaleOptions.Fixed() } };

    /// <summary>The defaults, and what was tried before they were chosen.</summary>
    public static readonly IReadOnlyList<DetectionMethod> Methods =
    [
        new("trim 0.3", Plain with { Trim = 0.3 }),
        new("trim 0.3, median and range", With("Standardization=MedianAndRange", 0.3)),
        new("no trimming", Plain),
        new("trim 0.15", Plain with { Trim = 0.15 }),
        new("trim 0.15, noise scale per slot", With("NoiseScale=Learned:PerSlot=true", 0.15)),
        new("trim 0.15, k = 4", With("LatentDimension=4", 0.15)),
        new("trim 0.3, k = 4", With("LatentDimension=4", 0.3)),
        new("trim 0.15, 50 epochs", With("Epochs=50", 0.15)),
        new("trim 0.15, fixed noise scale 0.5", With("NoiseScale=Fixed:Scale=0.5", 0.15)),
        new("trim 0.3, fixed noise scale 0.5", With("NoiseScale=Fixed:Scale=0.5", 0.3)),
        new("fixed noise scale 1", Fixed),
        new("fixed noise scale 1, trim 0.15", Fixed with { Trim = 0.15 }),
        new("fixed noise scale 1, trim 0.3", Fixed with { Trim = 0.3 }),
        new("fixed noise scale 1, trim 0.3, k = 2", With("NoiseScale=Fixed LatentDimension=2", 0.3)),
        new("fixed noise scale 1, trim 0.3, 100 epochs", With("NoiseScale=Fixed Epochs=100", 0.3)),
        new("fixed noise scale 1, trim 0.15, k = 2", With("NoiseScale=Fixed LatentDimension=2", 0.15)),
        new("fixed noise scale 1, trim 0.15, 50 epochs", With("NoiseScale=Fixed Epochs=50", 0.15)),
        new("fixed noise scale 1, trim 0.15, plain input", With("NoiseScale=Fixed InputNoise=0 InputMasking=0", 0.15)),
    ];

    /// <summary>The areas on a table, one per seed.</summary>
    /// <param name="table">The table, with label 1 for anomalies.</param>
    /// <param name="options">How to train.</param>
    /// <param name="clean">Whether to train on normal rows alone.</param>
    /// <param name="seeds">The number of splits and trainings.</param>
    public static double[] Areas(LabelledTable table, DetectionOptions options, bool clean, int seeds) =>
        [.. Enumerable.Range(0, seeds).Select(seed => Area(table, options, clean, seed))];

    private static double Area(LabelledTable table, DetectionOptions options, bool clean, int seed)
    {
        var split = new DetectionSplit(table, (uint)seed);
        var rows = new MatrixRows(table.Layout, split.TrainingRows(clean));
        var detector = VaeDetector.Train(
            new ManagedTrainer(), rows, options with { Model = options.Model with { Seed = seed } },
            new TrainingContext { ThreadCount = 1 });
        var detections = new RowDetection[split.TestLabels.Length];
        detector.Detect(split.TestRows, detections);
        return AreaUnderCurve.Of(Array.ConvertAll(detections, detection => detection.Score), split.TestLabels);
    }

    private static DetectionOptions With(string text, double trim) =>
        Plain with { Model = OptionText.Apply(Plain.Model, text), Trim = trim };
}

/// <summary>A way to find anomalies.</summary>
internal sealed record DetectionMethod(string Name, DetectionOptions Options);
