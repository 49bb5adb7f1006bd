using System.Diagnostics;
using Vae.Data;
using Vae.Evaluation.Data;
using Vae.Evaluation.Metrics;
using Vae.Options;
using Vae.Samples;
using Vae.Training;
using Vae.Training.Managed;

namespace Vae.Evaluation.Studies;

/// <summary>
/// Trains a method on the training part of every fold and measures its embedding of the held-out rows, which it has never seen.
/// </summary>
internal static class EmbeddingStudy
{
    /// <summary>The draws for one row's log p.</summary>
    private const int Samples = 50;

    public static EmbeddingResult Run(LabelledTable table, IReadOnlyList<Fold> folds, int dimension, Method method) =>
        new(table.Name, dimension, method,
        [
            .. folds.Select(fold =>
                method.Options is null ? Principal(fold, dimension) : Variational(fold, dimension, method.Options)),
        ]);

    private static FoldResult Principal(Fold fold, int dimension)
    {
        var clock = Stopwatch.StartNew();
        var components = new PrincipalComponents(fold.Table.Layout, fold.TrainingRows, dimension);
        double seconds = clock.Elapsed.TotalSeconds;
        return Measure(fold, components.Encode(fold.TrainingRows), components.Encode(fold.HeldOutRows), seconds);
    }

    private static FoldResult Variational(Fold fold, int dimension, VaeOptions options)
    {
        var clock = Stopwatch.StartNew();
        var rows = new MatrixRows(fold.Table.Layout, fold.TrainingRows);
        var model = new ManagedTrainer().Train(rows, options with { LatentDimension = dimension }, new TrainingContext { ThreadCount = 1 });
        double seconds = clock.Elapsed.TotalSeconds;
        var diagnosis = model.Diagnosis;
        return Measure(fold, Encode(model, fold.TrainingRows), Encode(model, fold.HeldOutRows), seconds) with
        {
            ActiveUnits = diagnosis.ActiveUnits,
            KullbackLeibler = diagnosis.KullbackLeibler,
            LogLikelihood = LogLikelihood(model, fold.HeldOutRows),
            NoiseScale = diagnosis.NoiseScale,
            Epochs = model.History.Epochs.Count,
        };
    }

    private static Embedding Encode(VaeModel model, float[] rows)
    {
        var means = new float[rows.Length / model.Layout.RowWidth * model.LatentDimension];
        model.Encode(rows, means);
        return new Embedding(means, model.LatentDimension);
    }

    private static double LogLikelihood(VaeModel model, float[] rows)
    {
        var values = new double[rows.Length / model.Layout.RowWidth];
        model.LogLikelihood(rows, values, Samples, new Random(0));
        return values.Average();
    }

    private static FoldResult Measure(Fold fold, Embedding training, Embedding heldOut, double seconds)
    {
        int classes = fold.Table.Classes.Length;
        return new FoldResult
        {
            Neighbours = NearestNeighbours.CountCorrect(training, fold.TrainingLabels, heldOut, fold.HeldOutLabels) / (double)heldOut.Count,
            Logistic = LogisticRegression.Accuracy(training, fold.TrainingLabels, heldOut, fold.HeldOutLabels, classes),
            Clusters = AdjustedRandIndex.Of(KMeans.Fit(training, classes).Assign(heldOut), fold.HeldOutLabels),
            Seconds = seconds,
        };
    }
}
