using Vae.Options;

namespace Vae.Selection;

/// <summary>What a comparison of candidates found.</summary>
public sealed record SelectionResult
{
    /// <summary>The candidates in the order in which they were given.</summary>
    public required IReadOnlyList<CandidateResult> Candidates { get; init; }

    /// <summary>The number of the candidate with the highest score, from 0.</summary>
    public required int BestIndex { get; init; }

    /// <summary>
    /// The number of the recommended candidate, from 0: of those that are at most one standard error (the best one's) below the best, the
    /// one of the fewest latent dimensions, and of these the one of the fewest weights (Breiman et al. 1984, "one standard error rule").
    /// </summary>
    public required int RecommendedIndex { get; init; }

    /// <summary>The number of folds.</summary>
    public required int Folds { get; init; }

    /// <summary>The number of rows in all folds.</summary>
    public required int Rows { get; init; }

    /// <summary>Whether the candidates were judged by the metric that was given, and not by log p(x) in original units.</summary>
    public required bool IsByMetric { get; init; }

    /// <summary>The candidate with the highest score.</summary>
    public CandidateResult Best => Candidates[BestIndex];

    /// <summary>The recommended candidate.</summary>
    public CandidateResult Recommended => Candidates[RecommendedIndex];

    /// <summary>A table for a console: a line per candidate with its scores ± standard errors, and what is recommended.</summary>
    public override string ToString() => SelectionTable.Format(this);
}

/// <summary>How a candidate did.</summary>
public sealed record CandidateResult
{
    /// <summary>The candidate.</summary>
    public required VaeOptions Options { get; init; }

    /// <summary>The number of trained weights on these rows.</summary>
    public required int Weights { get; init; }

    /// <summary>Whether it went all the way.</summary>
    public required CandidateOutcome Outcome { get; init; }

    /// <summary>Why training failed, in a sentence; otherwise null.</summary>
    public string? Failure { get; init; }

    /// <summary>The scores on the folds that it was trained on.</summary>
    public required IReadOnlyList<FoldScore> Folds { get; init; }

    /// <summary>log p(x) per held-out row in original units, in nats: comparable between any two candidates.</summary>
    public MeanAndError LogLikelihood => MeanAndError.Of(Folds, fold => fold.LogLikelihood);

    /// <summary>
    /// log p(x) per held-out row in standardized units, in nats: comparable between tables of other units, but only between candidates
    /// with the same <see cref="VaeOptions.Standardization"/>.
    /// </summary>
    public MeanAndError StandardizedLogLikelihood => MeanAndError.Of(Folds, fold => fold.StandardizedLogLikelihood);

    /// <summary>The metric that was given; NaN without one.</summary>
    public MeanAndError Metric => MeanAndError.Of(Folds, fold => fold.Metric ?? double.NaN);

    /// <summary>What the candidate is judged by.</summary>
    internal MeanAndError Score => MeanAndError.Of(Folds, fold => fold.Score);
}

/// <summary>What became of a candidate.</summary>
public enum CandidateOutcome
{
    /// <summary>It was trained on all folds.</summary>
    Completed,

    /// <summary>It was so far behind after some folds that the others were left out.</summary>
    Abandoned,

    /// <summary>Training it failed; <see cref="CandidateResult.Failure"/> says why.</summary>
    Failed,
}

/// <summary>How a candidate did on one fold.</summary>
/// <param name="LogLikelihood">The mean of log p(x) over the held-out rows, in nats in original units.</param>
/// <param name="StandardizedLogLikelihood">The same in standardized units.</param>
/// <param name="Metric">The metric that was given, or null.</param>
/// <param name="Epochs">The epochs of the training.</param>
public sealed record FoldScore(double LogLikelihood, double StandardizedLogLikelihood, double? Metric, int Epochs)
{
    /// <summary>What the fold counts for.</summary>
    internal double Score => Metric ?? LogLikelihood;

    /// <summary>The standard error of <see cref="LogLikelihood"/> over the rows.</summary>
    internal double RowError { get; init; }
}

/// <summary>A mean over folds.</summary>
/// <param name="Mean">The mean; NaN of nothing.</param>
/// <param name="StandardError">Its standard error, s/√n; NaN of fewer than two values.</param>
public readonly record struct MeanAndError(double Mean, double StandardError)
{
    internal static MeanAndError Of(IReadOnlyList<FoldScore> folds, Func<FoldScore, double> value) => Of([.. folds.Select(value)]);

    internal static MeanAndError Of(double[] values)
    {
        if (values.Length == 0) return new(double.NaN, double.NaN);
        double mean = values.Average();
        double squares = values.Sum(value => (value - mean) * (value - mean));
        return new(mean, values.Length < 2 ? double.NaN : Math.Sqrt(squares / (values.Length - 1) / values.Length));
    }
}
