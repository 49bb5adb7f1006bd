using Vae.Data;
using static Vae.Options.OptionCheck;

namespace Vae.Selection;

/// <summary>How candidates are compared.</summary>
public sealed record SelectionOptions
{
    /// <summary>The number of parts that the rows are cut into, each held out once; at least 2.</summary>
    public int Folds { get; init; } = 5;

    /// <summary>
    /// The draws of the latent vector that log p(x) of a row is estimated with (<see cref="VaeModel.LogLikelihood"/>); at least 1. The
    /// estimate is a lower bound that rises with them, more so for models of many dimensions.
    /// </summary>
    public int Samples { get; init; } = 100;

    /// <summary>The largest number of rows of a fold whose log p(x) is estimated, evenly spread over it; at least 1.</summary>
    public int ScoredRows { get; init; } = 2_000;

    /// <summary>
    /// A candidate is abandoned when it is behind the best by more than this many standard errors, on two folds or more: the largest of
    /// that of the difference over the folds, that of a score over the folds, pooled over all candidates, and, of log p(x), that of the
    /// best one over the rows. Positive; infinite trains every candidate on every fold.
    /// </summary>
    public double AbandonAt { get; init; } = 3;

    /// <summary>
    /// What candidates are judged by instead of log p(x), if not null: given a model and the fold that it has not seen, a number of which
    /// higher is better. Called on the thread that called <see cref="VaeSelection.Run"/>, one after the other.
    /// </summary>
    public Func<VaeModel, SelectionFold, double>? Metric { get; init; }

    /// <summary>Decides which rows are in which fold, and the draws of log p(x). A training has the seed of its candidate.</summary>
    public int Seed { get; init; }

    /// <summary>Told after every training, one at a time, on whatever thread.</summary>
    public IProgress<SelectionProgress>? Progress { get; init; }

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range; the message names it.</exception>
    public void Validate()
    {
        Between(Folds, 2, 100);
        Between(Samples, 1, 1 << 20);
        Between(ScoredRows, 1, int.MaxValue);
        Require(AbandonAt > 0, AbandonAt, "must be positive (infinite to abandon none)");
    }
}

/// <summary>A part of the rows that is held out, and the others.</summary>
public sealed class SelectionFold
{
    private readonly Predicate<int> _isHeldOut;

    internal SelectionFold(int number, IFeatureRows trainingRows, IFeatureRows heldOutRows, Predicate<int> isHeldOut)
    {
        Number = number;
        TrainingRows = trainingRows;
        HeldOutRows = heldOutRows;
        _isHeldOut = isHeldOut;
    }

    /// <summary>The number of the fold, from 0.</summary>
    public int Number { get; }

    /// <summary>The rows that the model was trained on.</summary>
    public IFeatureRows TrainingRows { get; }

    /// <summary>The rows that the model has not seen.</summary>
    public IFeatureRows HeldOutRows { get; }

    /// <summary>Whether a row of the table is held out.</summary>
    /// <param name="row">The number of the row in the table, from 0.</param>
    public bool IsHeldOut(int row) => _isHeldOut(row);
}
