using Vae.Data;
using static Vae.Diagnostics.FindingList;

namespace Vae.Diagnostics;

/// <summary>What a person should be told about a trained VAE.</summary>
internal static class FindingRules
{
    /// <summary>A held-out loss that fell by more nats per feature in the second half of a training has further to fall.</summary>
    private const double FallPerFeature = 0.03;

    /// <summary>All findings, the most important first.</summary>
    public static IReadOnlyList<Finding> Apply(FindingEvidence evidence)
    {
        var findings = new FindingList();
        LatentFindings.Add(evidence, findings);
        AddBalance(evidence, findings);
        FeatureFindings.Add(evidence, findings);
        AddOverfitting(evidence, findings);
        AddStillImproving(evidence, findings);
        return findings.All;
    }

    /// <summary>Of a density, which numbers have, only differences mean something; a probability can be compared with the KL.</summary>
    private static void AddBalance(FindingEvidence evidence, FindingList findings)
    {
        var diagnosis = evidence.Diagnosis;
        string terms = $"Reconstruction is {Number(diagnosis.Reconstruction)} and KL {Number(diagnosis.KullbackLeibler)} nats per row";
        if (double.IsNaN(diagnosis.NoiseScale))
        {
            string dominant = diagnosis.Reconstruction >= diagnosis.KullbackLeibler ? "reconstruction" : "KL";
            findings.Note(FindingKind.Balance, $"{terms}, so {dominant} is the larger term.");
            return;
        }

        string unit = evidence.Options.Standardization switch
        {
            StandardizationMethod.MedianAndRange => "of the scale that median and range give",
            StandardizationMethod.Quantile => "normal scores",
            _ => "standard deviations",
        };
        findings.Note(
            FindingKind.Balance,
            $"{terms}; the reconstruction is a log density in standardized units, whose zero has no meaning. "
            + $"The noise scale is {Number(diagnosis.NoiseScale)} {unit}.");
    }

    /// <summary>Where outliers can make the difference, <see cref="FeatureFindings"/> has said so.</summary>
    private static void AddOverfitting(FindingEvidence evidence, FindingList findings)
    {
        if (evidence.Gap == 0 || evidence.HasUnmendedTails) return;
        findings.Warn(
            FindingKind.Overfitting,
            $"The reconstruction of held-out rows costs {Number(evidence.Gap)} nats per row more than that of training rows: the model "
            + "overfits. Take fewer or narrower hidden layers, more weight decay, dropout, or more rows.");
    }

    /// <summary>
    /// A falling learning rate makes the last epochs the best ones and the last steps small, so that only the second half of the training
    /// can tell.
    /// </summary>
    private static void AddStillImproving(FindingEvidence evidence, FindingList findings)
    {
        var (history, options) = (evidence.History, evidence.Options);
        int epochs = history.Epochs.Count;
        if (history.StoppedEarly || history.ValidationRows == 0 || epochs < options.Epochs || epochs < 2) return;
        if (history.BestEpoch <= epochs - Math.Max(1, epochs / 10)) return;
        double half = history.Epochs.Take(epochs / 2).Min(epoch => epoch.ValidationLoss);
        double fall = half - history.Epochs[history.BestEpoch - 1].ValidationLoss;
        if (fall <= FallPerFeature * evidence.Diagnosis.Features.Count) return;
        string unit = options.Robustness > 0 ? "of the robust loss" : options.ReconstructionWeight == 1 ? "nats" : "of the weighted loss";
        findings.Warn(
            FindingKind.StillImproving,
            $"The held-out loss was still falling after {epochs} epochs, by {Number(fall)} {unit} per row in the second half: "
            + "allow more of them.");
    }
}
