using Vae.Data;

namespace Vae.Monitoring;

/// <summary>
/// Tells whether rows are still like those that a model knows: each column, each latent dimension and the score, each by a test of two
/// samples. It keeps a sample of the rows to compare with, and may be asked from several threads.
/// </summary>
/// <remarks>
/// Numbers, latent dimensions and scores are compared by Kolmogorov and Smirnov's test, categories and missing values by Pearson's χ². The
/// p-values are then corrected for their number (Benjamini and Hochberg 1995), so that of the drifts that are called at a level α, a part
/// α at most is false on average. With many rows a difference too small to matter has a small p-value: look at the distance too. Whether
/// the rows should be retrained on is another question: the score's drift says whether the model still fits them.
/// </remarks>
public sealed class VaeDrift
{
    private readonly VaeModel _model;
    private readonly SampledRows _reference;
    private readonly float[][] _measured;
    private readonly int _mostRows;

    /// <summary>Takes what later rows are compared with.</summary>
    /// <param name="model">The model.</param>
    /// <param name="reference">
    /// Rows of the model's layout that are as they should be. Best are rows that were not trained on: the score of training rows is lower.
    /// </param>
    /// <param name="mostRows">The largest number of rows that are kept and compared, evenly spaced; at least 2.</param>
    /// <exception cref="ArgumentException">The rows have another layout, or one is not valid, or there are none.</exception>
    public VaeDrift(VaeModel model, IFeatureRows reference, int mostRows = Defaults.MostRows)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentOutOfRangeException.ThrowIfLessThan(mostRows, 2);
        _model = model;
        _mostRows = mostRows;
        _reference = SampledRows.Read(model, reference, mostRows);
        _measured = _reference.Measure();
    }

    /// <summary>Compares rows with other rows, once.</summary>
    /// <param name="model">The model.</param>
    /// <param name="reference">Rows that are as they should be, such as those that the model was trained on.</param>
    /// <param name="rows">The rows in question.</param>
    /// <exception cref="ArgumentException">Rows have another layout than the model, or one is not valid, or there are none.</exception>
    public static DriftReport Compare(VaeModel model, IFeatureRows reference, IFeatureRows rows) =>
        new VaeDrift(model, reference).Compare(rows);

    /// <summary>Compares rows with those that were taken.</summary>
    /// <param name="rows">The rows in question, of the model's layout.</param>
    /// <exception cref="ArgumentException">They have another layout, or one is not valid, or there are none.</exception>
    public DriftReport Compare(IFeatureRows rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var sample = SampledRows.Read(_model, rows, _mostRows);
        var tests = new List<DriftTest>();
        foreach (var feature in _model.Layout.Features)
        {
            int[] before = _reference.Counts(feature), after = sample.Counts(feature);
            if (feature.Kind == FeatureKind.Numeric)
                Add(feature.Name, DriftKind.Value, TwoSampleTest.OfNumbers(_reference.Values(feature.Start), sample.Values(feature.Start)));
            else
                Add(feature.Name, DriftKind.Value, TwoSampleTest.OfCounts(before.AsSpan()[..^1], after.AsSpan()[..^1]));
            if (before[^1] + after[^1] > 0)
                Add(feature.Name, DriftKind.Missing, TwoSampleTest.OfCounts(Presence(before), Presence(after)));
        }

        float[][] measured = sample.Measure();
        for (int d = 0; d < _model.LatentDimension; d++)
        {
            var name = FormattableString.Invariant($"dimension {d}");
            Add(name, DriftKind.Dimension, TwoSampleTest.OfNumbers(_measured[d], measured[d]));
        }

        Add("score", DriftKind.Score, TwoSampleTest.OfNumbers(_measured[^1], measured[^1]));
        return new DriftReport(_reference.Count, sample.Count, DriftReport.Correct(tests));

        void Add(string name, DriftKind kind, (double Distance, double PValue) test) =>
            tests.Add(new DriftTest(name, kind, test.Distance, test.PValue, test.PValue));
    }

    /// <summary>How often a value was there, and how often it was missing.</summary>
    private static int[] Presence(int[] counts) => [counts[..^1].Sum(), counts[^1]];

    /// <summary>The defaults that have to be constants.</summary>
    public static class Defaults
    {
        /// <summary>The largest number of rows that are kept and compared.</summary>
        public const int MostRows = 10_000;
    }
}
