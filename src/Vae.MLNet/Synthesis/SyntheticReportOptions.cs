using Microsoft.ML;

namespace Vae.MLNet.Synthesis;

/// <summary>What <see cref="SyntheticReport"/> compares, and how.</summary>
public sealed record SyntheticReportOptions
{
    /// <summary>
    /// Real rows that the synthetic ones know nothing of. Without them there are no privacy figures and no classifier trained on synthetic
    /// rows, for both need something to be measured against.
    /// </summary>
    public IDataView? HeldOut { get; init; }

    /// <summary>The column that a classifier predicts: Boolean, key or text; null for none.</summary>
    public string? LabelColumnName { get; init; }

    /// <summary>The columns to compare; null for all that both tables have and the library can read (text too).</summary>
    public IReadOnlyList<string>? ColumnNames { get; init; }

    /// <summary>
    /// A trainer for "Label" (Boolean) and "Features" (a vector of Single) that gives a "Score", such as
    /// <c>mlContext.BinaryClassification.Trainers.FastTree()</c>; null is a logistic regression. Trees see differences that are not linear.
    /// </summary>
    public IEstimator<ITransformer>? Trainer { get; init; }

    /// <summary>
    /// The largest number of rows of each table that are compared, the first ones; at least 10. Closest rows are looked for among all
    /// real ones.
    /// </summary>
    public int MostRows { get; init; } = 10_000;

    /// <summary>The seed of the rows that the classifier of real and synthetic rows is tested on.</summary>
    public int Seed { get; init; }
}
