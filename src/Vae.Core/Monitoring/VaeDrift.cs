using Vae.Data;

namespace Vae.Monitoring;

/// <summary>
/// Tells whether rows are still like those that a model knows: each column, each latent dimension and the score, each by a test of two
/// samples. It compares with what the model keeps of its training rows, or with a sample of rows that are given to it, and may be asked
/// from several threads.
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
    private readonly DriftReference _reference;
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
        _reference = new KeptRows(model, SampledRows.Read(model, reference, mostRows));
    }

    /// <summary>
    /// Compares later rows with those of the training, by what the model keeps of them: of each column, each latent dimension and the score
    /// the distribution function at some places, so that a distance is too small by 1/64 at most, or by the share of 8 rows; in a table of
    /// more than 128 numeric columns by more, up to 1/8.
    /// </summary>
    /// <param name="model">A model that was trained by this version of the library.</param>
    /// <exception cref="InvalidOperationException">The model keeps nothing of them: an earlier version of the library wrote it.</exception>
    public VaeDrift(VaeModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        _model = model;
        _mostRows = Defaults.MostRows;
        _reference = new ProfiledRows(model.Parts.Profile ?? throw new InvalidOperationException(
            "The model was saved by a version of the library that kept nothing of the training rows. Train it again, or give the rows to "
            + "compare with."));
    }

    /// <summary>Compares rows with other rows, once.</summary>
    /// <param name="model">The model.</param>
    /// <param name="reference">Rows that are as they should be, such as those that the model was trained on.</param>
    /// <param name="rows">The rows in question.</param>
    /// <exception cref="ArgumentException">Rows have another layout than the model, or one is not valid, or there are none.</exception>
    public static DriftReport Compare(VaeModel model, IFeatureRows reference, IFeatureRows rows) =>
        new VaeDrift(model, reference).Compare(rows);

    /// <summary>Compares rows with those that the model was trained on, once.</summary>
    /// <param name="model">A model that was trained by this version of the library.</param>
    /// <param name="rows">The rows in question, of the model's layout.</param>
    /// <exception cref="ArgumentException">They have another layout, or one is not valid, or there are none.</exception>
    /// <exception cref="InvalidOperationException">
    /// The model keeps nothing of its training rows: an earlier version of the library wrote it.
    /// </exception>
    public static DriftReport Compare(VaeModel model, IFeatureRows rows) => new VaeDrift(model).Compare(rows);

    /// <summary>Compares rows with those that were taken.</summary>
    /// <param name="rows">The rows in question, of the model's layout.</param>
    /// <exception cref="ArgumentException">They have another layout, or one is not valid, or there are none.</exception>
    public DriftReport Compare(IFeatureRows rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var sample = SampledRows.Read(_model, rows, _mostRows);
        var tests = new List<DriftTest>();
        for (int i = 0; i < _model.Layout.AllFeatures.Length; i++)
        {
            var feature = _model.Layout.AllFeatures[i];
            int[] before = _reference.Counts(i), after = sample.Counts(feature);
            Add(feature.Name, DriftKind.Value, feature.Kind == FeatureKind.Numeric
                ? _reference.CompareValues(i, sample.Values(feature.Start))
                : TwoSampleTest.OfCounts(before.AsSpan()[..^1], after.AsSpan()[..^1]));
            if (before[^1] + after[^1] > 0)
                Add(feature.Name, DriftKind.Missing, TwoSampleTest.OfCounts(Presence(before), Presence(after)));
        }

        float[][] measured = sample.Measure();
        for (int d = 0; d < _model.LatentDimension; d++)
        {
            var name = FormattableString.Invariant($"dimension {d}");
            Add(name, DriftKind.Dimension, _reference.CompareMeasured(d, measured[d]));
        }

        Add("score", DriftKind.Score, _reference.CompareMeasured(_model.LatentDimension, measured[^1]));
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
