using System.Globalization;
using Vae.Options;
using static Vae.Diagnostics.FindingList;

namespace Vae.Diagnostics;

/// <summary>Whether the latent dimensions tell rows apart, and what to do where they do not.</summary>
internal static class LatentFindings
{
    public static void Add(FindingEvidence evidence, FindingList findings)
    {
        if (evidence.IsCollapsed)
        {
            findings.Warn(
                FindingKind.PosteriorCollapse,
                $"The posterior has collapsed: none of the {evidence.Dimensions} dimensions tells rows apart, "
                + "so the embedding is of no use. "
                + CollapseRemedy(evidence));
            return;
        }

        AddActiveUnits(evidence, findings);
        if (!evidence.IsUnregularized) return;
        findings.Warn(
            FindingKind.VanishingKullbackLeibler,
            "The KL term hardly holds the posterior to the prior "
            + $"({Number(evidence.Diagnosis.KullbackLeibler / evidence.Dimensions)} nats per dimension)"
            + ": the model is close to a plain autoencoder, and its latent space has gaps. "
            + "Raise the KL weight, or let the noise scale be learned.");
    }

    private static void AddActiveUnits(FindingEvidence evidence, FindingList findings)
    {
        int active = evidence.Diagnosis.ActiveUnits;
        int usable = evidence.UsableDimensions;
        bool isWide = evidence.Dimensions > evidence.Width;
        string beyond = isWide ? $" More than {evidence.Width}, the width of the table, cannot be of use to it." : "";
        if (evidence.Idle == 0)
        {
            string some = isWide ? $"{active} of {evidence.Dimensions}" : $"All {evidence.Dimensions}";
            findings.Note(FindingKind.ActiveUnits, $"{some} dimensions carry information.{beyond}");
            return;
        }

        string message = $"{evidence.Idle} of {usable} dimensions {(evidence.Idle == 1 ? "carries" : "carry")} no information";
        if (evidence.Idle > active)
        {
            string weight = evidence.IsUnregularized ? "" : "the KL weight or ";
            findings.Warn(FindingKind.ActiveUnits, $"{message}: lower {weight}the latent dimension.{beyond}");
            return;
        }

        findings.Note(
            FindingKind.ActiveUnits, $"{message}: {active} {Are(active)} enough for these rows at this KL weight.{beyond}");
    }

    private static string CollapseRemedy(FindingEvidence evidence)
    {
        if (evidence.Options.Robustness > 0)
        {
            return $"The robust loss shrinks the reconstruction beside the KL term: take a smaller {nameof(VaeOptions.Robustness)} "
                + $"than {evidence.Options.Robustness.ToString(CultureInfo.InvariantCulture)}, "
                + $"or a larger {nameof(VaeOptions.ReconstructionWeight)}.";
        }

        if (evidence.IsUnregularized) return "It is not the KL weight: see whether the rows differ at all, or train longer.";
        string lower = evidence.Options.NoiseScale is FixedNoiseScale ? "Let the noise scale be learned, lower" : "Lower";
        return lower + " the KL weight, add free bits, or lengthen the warm-up.";
    }
}
