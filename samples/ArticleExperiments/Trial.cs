using Vae.Training;
using Vae.Training.Managed;

namespace Vae.Samples.Article;

/// <summary>What one training of an experiment came to.</summary>
/// <param name="Correct">The number of held-out wines whose cultivar their neighbours tell.</param>
/// <param name="Silhouette">How far the cultivars lie apart.</param>
/// <param name="LogLikelihood">log p(x) summed over the held-out wines.</param>
/// <param name="ActiveUnits">The number of dimensions in use.</param>
internal sealed record Trial(int Correct, double Silhouette, double LogLikelihood, int ActiveUnits)
{
    private const int Samples = 100;

    /// <summary>Trains once.</summary>
    public static Trial Run(Experiment experiment, Split split, int seed)
    {
        var options = experiment.Options with { Seed = seed };

        // One thread each: the trials themselves run side by side.
        var model = new ManagedTrainer().Train(split.Rows(experiment.Slipped), options, new TrainingContext { ThreadCount = 1 });
        var points = split.Embed(model);
        var logLikelihoods = new double[split.HeldOut.Count(held => held)];
        model.LogLikelihood(split.Rest, logLikelihoods, Samples, new Random(seed));
        return new Trial(split.CountCorrect(points), split.Separation(points), logLikelihoods.Sum(), model.Diagnosis.ActiveUnits);
    }
}
