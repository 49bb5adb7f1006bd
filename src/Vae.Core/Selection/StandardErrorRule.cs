namespace Vae.Selection;

/// <summary>Which candidates are as good as the best, and which are out of the question.</summary>
internal static class StandardErrorRule
{
    /// <summary>The candidate with the highest mean; of equal ones the smaller.</summary>
    public static CandidateResult Best(IEnumerable<CandidateResult> candidates) =>
        BySize(candidates.GroupBy(candidate => candidate.Score.Mean).MaxBy(group => group.Key)!);

    /// <summary>The smallest candidate that is at most one standard error below the best.</summary>
    public static CandidateResult Recommend(IReadOnlyCollection<CandidateResult> candidates)
    {
        var best = Best(candidates).Score;
        return BySize(candidates.Where(candidate => candidate.Score.Mean >= best.Mean - best.StandardError));
    }

    /// <summary>The candidates that are further behind the best, fold by fold, than chance would have it.</summary>
    /// <param name="running">All candidates, on the same folds.</param>
    /// <param name="errors">The number of standard errors.</param>
    public static IEnumerable<CandidateResult> FarBehind(IReadOnlyCollection<CandidateResult> running, double errors)
    {
        var best = Best(running);
        double error = Math.Max(RowError(best), Math.Sqrt(running.Average(candidate => Math.Pow(candidate.Score.StandardError, 2))));
        foreach (var candidate in running)
        {
            var behind = MeanAndError.Of([.. best.Folds.Zip(candidate.Folds, (first, second) => first.Score - second.Score)]);
            if (behind.Mean > errors * Math.Max(error, behind.StandardError)) yield return candidate;
        }
    }

    /// <summary>
    /// The standard error of log p(x) over the rows of all folds: that over two or three folds is soon small by chance. 0 of a metric.
    /// </summary>
    private static double RowError(CandidateResult candidate) => candidate.Folds.Any(fold => fold.Metric is not null)
        ? 0
        : Math.Sqrt(candidate.Folds.Sum(fold => fold.RowError * fold.RowError)) / candidate.Folds.Count;

    private static CandidateResult BySize(IEnumerable<CandidateResult> candidates) => candidates
        .OrderBy(candidate => candidate.Options.LatentDimension)
        .ThenBy(candidate => candidate.Weights)
        .ThenByDescending(candidate => candidate.Score.Mean)
        .First();
}
