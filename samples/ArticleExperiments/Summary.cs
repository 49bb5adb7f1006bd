namespace Vae.Samples.Article;

/// <summary>What many trainings of one experiment came to: every fold held out once, with every seed.</summary>
/// <param name="Accuracy">The share of held-out wines whose cultivar their neighbours tell.</param>
/// <param name="AccuracyDeviation">The standard deviation of that share between seeds.</param>
/// <param name="Silhouette">How far the cultivars lie apart.</param>
/// <param name="LogLikelihood">log p(x) of a held-out wine, in nats.</param>
/// <param name="ActiveUnits">The number of dimensions in use.</param>
internal sealed record Summary(double Accuracy, double AccuracyDeviation, double Silhouette, double LogLikelihood, double ActiveUnits)
{
    /// <summary>Trains with every seed and split.</summary>
    public static Summary Of(Experiment experiment, Split[] splits, int[] seeds)
    {
        var wines = splits[0].HeldOut.Length;
        var trials = seeds.SelectMany(seed => splits.Select(split => (Seed: seed, Split: split)))
            .AsParallel().AsOrdered()
            .Select(work => (work.Seed, Trial: Trial.Run(experiment, work.Split, work.Seed)))
            .ToArray();
        double[] accuracies = [.. trials.GroupBy(item => item.Seed).Select(seed => seed.Sum(item => item.Trial.Correct) / (double)wines)];
        var accuracy = accuracies.Average();
        return new Summary(
            accuracy,
            Math.Sqrt(accuracies.Sum(value => Math.Pow(value - accuracy, 2)) / (accuracies.Length - 1)),
            trials.Average(item => item.Trial.Silhouette),
            trials.Sum(item => item.Trial.LogLikelihood) / (wines * seeds.Length),
            trials.Average(item => item.Trial.ActiveUnits));
    }
}
