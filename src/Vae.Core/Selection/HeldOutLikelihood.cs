using Vae.Numerics.RandomNumbers;
using Vae.Options;

namespace Vae.Selection;

/// <summary>log p(x) of rows that a model has not seen.</summary>
internal sealed class HeldOutLikelihood(FoldPlan plan, SelectionOptions options)
{
    /// <summary>The mean over the rows of a fold, in original and in standardized units.</summary>
    public FoldScore Measure(VaeModel model, int fold, CancellationToken cancellation)
    {
        var random = new PhiloxRandom((ulong)options.Seed, RandomStreams.FoldLikelihood);
        long rows = plan.CountOf(fold);
        long scored = Math.Min(rows, options.ScoredRows);
        long index = 0;
        var values = new List<(double Weight, double LogLikelihood, double LogVolume)>();
        plan.Rows(fold, heldOut: true).ForEach(
            (row, weight, _) =>
            {
                long i = index++;
                if (weight == 0 || i * scored / rows == (i + 1) * scored / rows) return;
                cancellation.ThrowIfCancellationRequested();
                double logLikelihood = 0;
                model.LogLikelihood(row, new Span<double>(ref logLikelihood), options.Samples, random);
                values.Add((weight, logLikelihood, model.LogVolume(row)));
            },
            cancellation);

        double weights = values.Sum(value => value.Weight);
        double mean = values.Sum(value => value.Weight * value.LogLikelihood) / weights;
        double volume = values.Sum(value => value.Weight * value.LogVolume) / weights;
        double squares = values.Sum(value => Math.Pow(value.Weight * (value.LogLikelihood - mean), 2));
        return new FoldScore(mean, mean + volume, null, model.History.Epochs.Count) { RowError = Math.Sqrt(squares) / weights };
    }
}
