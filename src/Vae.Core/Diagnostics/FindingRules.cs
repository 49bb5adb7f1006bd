using System.Globalization;
using Vae.History;
using Vae.Options;

namespace Vae.Diagnostics;

/// <summary>What a person should be told about a trained VAE.</summary>
internal static class FindingRules
{
    /// <summary>Below this many nats per row, the KL says that the posterior ignores the row.</summary>
    private const double NoInformation = 0.05;

    /// <summary>Above this many nats per dimension, the prior no longer shapes the latent space.</summary>
    private const double Unregularized = 12;

    /// <summary>Beyond this many nats per feature between held-out and training loss, the model overfits.</summary>
    private const double GapPerFeature = 0.15;

    /// <summary>All findings, the most important first.</summary>
    public static IReadOnlyList<Finding> Apply(VaeDiagnosis diagnosis, VaeOptions options, TrainingHistory history)
    {
        var findings = new List<Finding>();
        Latents(diagnosis, options, findings);
        Balance(diagnosis, findings);
        Features(diagnosis, findings);
        Training(diagnosis, options, history, findings);
        return findings;
    }

    private static void Latents(VaeDiagnosis diagnosis, VaeOptions options, List<Finding> findings)
    {
        int dimensions = diagnosis.KullbackLeiblerPerDimension.Count;
        int idle = dimensions - diagnosis.ActiveUnits;
        if (diagnosis.ActiveUnits == 0 || diagnosis.KullbackLeibler < NoInformation)
        {
            findings.Add(Warning(
                FindingKind.PosteriorCollapse,
                $"The posterior has collapsed: none of the {dimensions} dimensions tells rows apart, so the embedding is of no use. "
                + $"{LowerTheKullbackLeiblerWeight(options)}, add free bits, or lengthen the warm-up."));
        }
        else if (idle > 0)
        {
            bool most = idle > diagnosis.ActiveUnits;
            string message = $"{idle} of {dimensions} dimensions {(idle == 1 ? "carries" : "carry")} no information";
            string enough = $"{diagnosis.ActiveUnits} {(diagnosis.ActiveUnits == 1 ? "is" : "are")} enough for these rows";
            findings.Add(most
                ? Warning(FindingKind.ActiveUnits, $"{message}: lower the KL weight or the latent dimension.")
                : Note(FindingKind.ActiveUnits, $"{message}: {enough} at this KL weight."));
        }
        else
        {
            findings.Add(Note(FindingKind.ActiveUnits, $"All {dimensions} dimensions carry information."));
        }

        bool off = options.Regularizer is KullbackLeiblerOptions { Beta: 0 };
        if (off || diagnosis.KullbackLeibler > Unregularized * dimensions)
        {
            findings.Add(Warning(
                FindingKind.VanishingKullbackLeibler,
                $"The KL term hardly holds the posterior to the prior ({Number(diagnosis.KullbackLeibler / dimensions)} nats per dimension)"
                + ": the model is close to a plain autoencoder, and its latent space has gaps. "
                + "Raise the KL weight, or let the noise scale be learned."));
        }
    }

    private static void Balance(VaeDiagnosis diagnosis, List<Finding> findings)
    {
        string noise = double.IsNaN(diagnosis.NoiseScale) ? "" : $"; the noise scale is {Number(diagnosis.NoiseScale)} standard deviations";
        string dominant = Math.Abs(diagnosis.Reconstruction) >= diagnosis.KullbackLeibler ? "reconstruction" : "KL";
        findings.Add(Note(
            FindingKind.Balance,
            $"Reconstruction is {Number(diagnosis.Reconstruction)} and KL {Number(diagnosis.KullbackLeibler)} nats per row, "
            + $"so {dominant} is the larger term{noise}."));
    }

    private static void Features(VaeDiagnosis diagnosis, List<Finding> findings)
    {
        var poor = diagnosis.Features.Where(feature => feature.Quality <= feature.Baseline).Select(feature => feature.Name).ToArray();
        if (poor.Length == 0) return;
        const int named = 5;
        string names = string.Join(", ", poor.Take(named)) + (poor.Length > named ? ", …" : "");
        findings.Add(Note(
            FindingKind.PoorFeatures,
            $"{poor.Length} of {diagnosis.Features.Count} features are not reconstructed better than by their mean or most frequent value "
            + $"({names}): they hardly shape the embedding. If they matter, raise the latent dimension."));
    }

    private static void Training(VaeDiagnosis diagnosis, VaeOptions options, TrainingHistory history, List<Finding> findings)
    {
        if (history.BestEpoch == 0) return;
        var best = history.Epochs[history.BestEpoch - 1];
        double gap = best.ValidationLoss - best.Loss;
        if (gap > GapPerFeature * Math.Max(1, diagnosis.Features.Count))
        {
            findings.Add(Warning(
                FindingKind.Overfitting,
                $"The held-out loss is {Number(gap)} nats per row above the training loss: the model overfits. "
                + "Take fewer or narrower hidden layers, more weight decay, dropout, or more rows."));
        }

        bool lastIsBest = !history.StoppedEarly && history.BestEpoch == options.Epochs && history.ValidationRows > 0;
        if (lastIsBest && options.LearningRateSchedule == LearningRateSchedule.Constant)
        {
            findings.Add(Warning(
                FindingKind.StillImproving, $"The held-out loss was still falling after {options.Epochs} epochs: allow more of them."));
        }
    }

    private static string LowerTheKullbackLeiblerWeight(VaeOptions options) =>
        options.NoiseScale is FixedNoiseScale ? "Let the noise scale be learned, lower the KL weight" : "Lower the KL weight";

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static Finding Warning(FindingKind kind, string message) => new(kind, message, true);

    private static Finding Note(FindingKind kind, string message) => new(kind, message, false);
}
