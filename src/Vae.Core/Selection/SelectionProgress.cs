using System.Globalization;
using Vae.Options;

namespace Vae.Selection;

/// <summary>Where a selection stands after a training, or when a candidate has been abandoned.</summary>
public sealed record SelectionProgress
{
    /// <summary>The number of the candidate, from 0.</summary>
    public required int Candidate { get; init; }

    /// <summary>The candidate.</summary>
    public required VaeOptions Options { get; init; }

    /// <summary>The number of the fold that was held out, from 0.</summary>
    public required int Fold { get; init; }

    /// <summary>
    /// log p(x) of the rows that were held out; null if training failed or the candidate was abandoned. Metrics are not known yet.
    /// </summary>
    public FoldScore? Score { get; init; }

    /// <summary>What has become of the candidate: <see cref="CandidateOutcome.Completed"/> while nothing is against it.</summary>
    public CandidateOutcome Outcome { get; init; }

    /// <summary>The number of trainings that have ended.</summary>
    public required int Trainings { get; init; }

    /// <summary>The number of trainings in all, unless further candidates fail or are abandoned.</summary>
    public required int TrainingsAtMost { get; init; }

    /// <summary>"Candidate 3 (k = 4), fold 2: log p(x) −12.34; 14 of at most 45 trainings".</summary>
    public override string ToString()
    {
        string what = Outcome switch
        {
            CandidateOutcome.Failed => "failed",
            CandidateOutcome.Abandoned => "abandoned",
            _ => string.Create(CultureInfo.InvariantCulture, $"log p(x) {Score?.LogLikelihood:0.000} per row"),
        };
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Candidate {Candidate + 1} (k = {Options.LatentDimension}), fold {Fold + 1}: {what}; "
            + $"{Trainings} of at most {TrainingsAtMost} trainings");
    }
}
