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

    /// <summary>Whether a candidate is further behind another, fold by fold, than chance would have it.</summary>
    /// <param name="candidate">The candidate.</param>
    /// <param name="best">The best one on the same folds.</param>
    /// <param name="errors">The number of standard errors.</param>
    public static bool IsFarBehind(CandidateResult candidate, CandidateResult best, double errors)
    {
        var behind = MeanAndError.Of([.. best.Folds.Zip(candidate.Folds, (first, second) => first.Score - second.Score)]);

        // Of two or three folds, one of the errors is soon small by chance.
        return behind.Mean > errors * Math.Max(behind.StandardError, best.Score.StandardError);
    }

    private static CandidateResult BySize(IEnumerable<CandidateResult> candidates) => candidates
        .OrderBy(candidate => candidate.Options.LatentDimension)
        .ThenBy(candidate => candidate.Weights)
        .ThenByDescending(candidate => candidate.Score.Mean)
        .First();
}
