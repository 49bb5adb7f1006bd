using System.Globalization;
using System.Text;

namespace Vae.Monitoring;

/// <summary>What <see cref="VaeDrift"/> has found.</summary>
public sealed class DriftReport
{
    /// <summary>The corrected p-value below which <see cref="ToString"/> calls it drift.</summary>
    private const double Level = 0.01;

    internal DriftReport(int referenceRows, int rows, IReadOnlyList<DriftTest> tests)
    {
        ReferenceRows = referenceRows;
        Rows = rows;
        Tests = tests;
    }

    /// <summary>The number of rows that were compared with.</summary>
    public int ReferenceRows { get; }

    /// <summary>The number of rows in question that were looked at.</summary>
    public int Rows { get; }

    /// <summary>
    /// All tests: each feature's values and, where any is missing, its missing values, those of conditions last; then each latent
    /// dimension; then the score.
    /// </summary>
    public IReadOnlyList<DriftTest> Tests { get; }

    /// <summary>The drifts at a false discovery rate, the largest distance first.</summary>
    /// <param name="level">The part of them that may be false on average, in (0, 1).</param>
    public IReadOnlyList<DriftTest> Drifted(double level)
    {
        if (level is not (> 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(level), level, "The level must be in (0, 1).");
        return [.. Tests.Where(test => test.CorrectedPValue <= level).OrderByDescending(test => test.Distance)];
    }

    /// <summary>A table of all tests, the most certain drift first; those with a corrected p-value of at most 0.01 are marked.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine(Invariant($"{Rows} rows against {ReferenceRows}: {Drifted(Level).Count} of {Tests.Count} tests find a drift"));
        int width = Math.Max(4, Tests.Max(test => test.Name.Length));
        text.AppendLine(Invariant($"  {"what".PadRight(width)}  {"of",-9}  distance  p-value   corrected"));
        foreach (var test in Tests.OrderBy(test => test.CorrectedPValue).ThenByDescending(test => test.Distance))
        {
            char mark = test.CorrectedPValue <= Level ? '!' : ' ';
            text.Append(Invariant($"{mark} {test.Name.PadRight(width)}  {test.Kind,-9}  {test.Distance,8:0.000}  "));
            text.AppendLine(Invariant($"{test.PValue,-8:G3}  {test.CorrectedPValue:G3}"));
        }

        return text.ToString().TrimEnd();
    }

    /// <summary>The tests with p-values that are corrected for their number.</summary>
    internal static DriftTest[] Correct(IReadOnlyList<DriftTest> tests)
    {
        var corrected = tests.ToArray();
        int[] order = [.. Enumerable.Range(0, tests.Count).OrderByDescending(i => tests[i].PValue)];
        double smallest = 1;
        for (int rank = 0; rank < order.Length; rank++)
        {
            var test = tests[order[rank]];
            smallest = Math.Min(smallest, test.PValue * tests.Count / (tests.Count - rank));
            corrected[order[rank]] = test with { CorrectedPValue = smallest };
        }

        return corrected;
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>One thing that was compared.</summary>
/// <param name="Name">The feature's name, the dimension's number, or "score".</param>
/// <param name="Kind">What of it was compared.</param>
/// <param name="Distance">
/// How far apart, in [0, 1]: the largest distance between the distribution functions of numbers, the total variation between categories.
/// </param>
/// <param name="PValue">The probability of such a distance, or a larger one, where nothing has drifted.</param>
/// <param name="CorrectedPValue">The same, corrected for the number of tests: the smallest false discovery rate at which it is one.</param>
public sealed record DriftTest(string Name, DriftKind Kind, double Distance, double PValue, double CorrectedPValue);

/// <summary>What was compared.</summary>
public enum DriftKind
{
    /// <summary>The values of a column.</summary>
    Value,

    /// <summary>How often the values of a column are missing.</summary>
    Missing,

    /// <summary>The posterior mean of a latent dimension.</summary>
    Dimension,

    /// <summary>The score: how unusual the model finds the rows.</summary>
    Score,
}
