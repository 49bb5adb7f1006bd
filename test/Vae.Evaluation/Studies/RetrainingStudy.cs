using Vae.Data;
using Vae.Evaluation.Metrics;
using Vae.Options;
using Vae.Samples;
using Vae.Training;
using Vae.Training.Managed;

namespace Vae.Evaluation.Studies;

/// <summary>
/// Yesterday's model knows some of the rows and all columns but one; today's knows more rows and every column. What becomes of a classifier
/// that was trained on yesterday's embedding, on rows that neither has seen?
/// </summary>
internal static class RetrainingStudy
{
    private const double Yesterday = 0.45;
    private const double Today = 0.75;

    /// <summary>The ways to train today's model: from the start, or from yesterday's weights with an anchor.</summary>
    public static IReadOnlyList<(string Name, double? AnchorWeight)> Ways { get; } =
    [
        ("anew", null), ("λ = 0", 0), ("λ = 10", 10),
    ];

    /// <summary>Accuracies of one split.</summary>
    /// <param name="Old">Of the classifier on yesterday's embedding.</param>
    /// <param name="Frozen">Of the same classifier on today's embedding, for each of the ways.</param>
    /// <param name="Refitted">Of one that was trained on today's embedding, for each of the ways.</param>
    /// <param name="Divergence">The loss on held-out rows of today's model without the anchor: reconstruction + KL, for each.</param>
    public sealed record Split(double Old, double[] Frozen, double[] Refitted, double[] Divergence);

    public static Split Run(LabelledTable table, int dimension, int seed)
    {
        int[] order = [.. Enumerable.Range(0, table.Count)];
        var random = new Random(seed);
        random.Shuffle(order);
        int hidden = random.Next(table.Layout.Groups.Count);
        int[] yesterday = order[..(int)(Yesterday * order.Length)];
        int[] today = order[..(int)(Today * order.Length)];
        int[] test = order[today.Length..];
        var (layout, keep) = Without(table.Layout, hidden);
        float[] Narrow(int[] rows) => [.. table.Take(rows).Where((_, i) => keep[i % keep.Length])];
        var options = new VaeOptions { LatentDimension = dimension, Seed = seed };
        var old = Train(layout, Narrow(yesterday), options, new TrainingContext());
        var classifier = LogisticRegression.Fit(Encode(old, Narrow(yesterday)), table.TakeLabels(yesterday), table.Classes.Length);
        int ways = Ways.Count;
        var split = new Split(
            classifier.Accuracy(Encode(old, Narrow(test)), table.TakeLabels(test)), new double[ways], new double[ways], new double[ways]);
        for (int i = 0; i < ways; i++)
        {
            var context = new TrainingContext { InitialModel = Ways[i].AnchorWeight is null ? null : old, AnchorWeight = Ways[i].AnchorWeight ?? 0 };
            var model = Train(table.Layout, table.Take(today), options with { Seed = seed + 1000 }, context);
            var embedding = Encode(model, table.Take(test));
            split.Frozen[i] = classifier.Accuracy(embedding, table.TakeLabels(test));
            var refitted = LogisticRegression.Fit(Encode(model, table.Take(today)), table.TakeLabels(today), table.Classes.Length);
            split.Refitted[i] = refitted.Accuracy(embedding, table.TakeLabels(test));
            float[] scores = new float[test.Length];
            model.Score(table.Take(test), scores);
            split.Divergence[i] = scores.Average();
        }

        return split;
    }

    private static VaeModel Train(FeatureLayout layout, float[] rows, VaeOptions options, TrainingContext context) =>
        new ManagedTrainer().Train(new MatrixRows(layout, rows), options, context with { ThreadCount = 1 });

    private static Embedding Encode(VaeModel model, float[] rows)
    {
        float[] means = new float[rows.Length / model.Layout.RowWidth * model.LatentDimension];
        model.Encode(rows, means);
        return new Embedding(means, model.LatentDimension);
    }

    private static (FeatureLayout Layout, bool[] Keep) Without(FeatureLayout layout, int hidden)
    {
        var builder = new FeatureLayoutBuilder();
        bool[] keep = new bool[layout.RowWidth];
        for (int i = 0; i < layout.Groups.Count; i++)
        {
            var group = layout.Groups[i];
            if (i == hidden) continue;
            keep.AsSpan(group.Start, group.Length).Fill(true);
            if (group.Kind == FeatureKind.Numeric)
                builder.Numeric(group.Name);
            else
                builder.OneHot(group.Name, group.SlotNames);
        }

        return (builder.Build(), keep);
    }
}
