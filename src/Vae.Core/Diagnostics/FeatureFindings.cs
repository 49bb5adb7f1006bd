using Vae.Data;
using Vae.Options;
using static Vae.Diagnostics.FindingList;

namespace Vae.Diagnostics;

/// <summary>What is to be said of the features: two values, heavy tails, one value, or none that the model can tell.</summary>
internal static class FeatureFindings
{
    /// <summary>A computed noise scale below twice the smallest one is at its end; a learned one ends before that does harm.</summary>
    private const double SmallestScale = 2 * NoiseScaleOptions.Minimum;

    public static void Add(FindingEvidence evidence, FindingList findings)
    {
        AddTwoValued(evidence, findings);
        AddHeavyTails(evidence, findings);
        AddRobustFit(evidence, findings);
        AddPoor(evidence, findings);
        AddConstant(evidence, findings);
    }

    private static void AddTwoValued(FindingEvidence evidence, FindingList findings)
    {
        Add(
            evidence.TwoValued.Where(slot => slot.IsZeroAndOne), "0 and 1",
            "normalize before Concatenate, or use FeatureKinds, so that they become binary or one-hot");
        Add(
            evidence.TwoValued.Where(slot => !slot.IsZeroAndOne), "two values each",
            "if they were one-hot, normalize before Concatenate, or not at all, since numbers are standardized inside");

        void Add(IEnumerable<TwoValuedSlot> slots, string values, string remedy)
        {
            string[] names = [.. slots.Select(slot => slot.Name)];
            if (names.Length == 0) return;
            string hold = names.Length == 1 ? "holds" : "hold";
            findings.Warn(FindingKind.TwoValuedNumbers, $"{Names(names)} {hold} only {values} but {Are(names.Length)} numeric: {remedy}.");
        }
    }

    private static void AddHeavyTails(FindingEvidence evidence, FindingList findings)
    {
        if (!evidence.HasUnmendedTails) return;
        var slots = evidence.HeavyTailed;
        string names = Names(slots.Select(slot => slot.Name));
        string factor = Number(slots.Max(slot => slot.Factor));
        string many = slots.Count == 1 ? "has a heavy tail" : "have heavy tails";
        string gap = evidence.Gap == 0
            ? ""
            : $" Held-out rows cost {Number(evidence.Gap)} nats per row more to reconstruct than training rows: "
                + "such values can do that alone.";
        const string quantile =
            $"Set {nameof(VaeOptions.Standardization)} to {nameof(StandardizationMethod.Quantile)} for samples and density estimation, ";
        if (evidence.Options.Standardization == StandardizationMethod.MeanAndDeviation)
        {
            findings.Warn(
                FindingKind.HeavyTails,
                $"{names} {many}: a few values make the standard deviation up to {factor} times what the middle 90% of the values have, "
                + $"so that those look alike.{gap} {quantile}or to {nameof(StandardizationMethod.MedianAndRange)} for anomaly scores.");
        }
        else
        {
            findings.Note(
                FindingKind.HeavyTails,
                $"{names} {many}: a few values are so far out that they outweigh the others in the loss.{gap} {quantile}"
                + $"or {nameof(VaeOptions.Robustness)} above 0 for anomaly scores.");
        }
    }

    /// <summary>A robust loss can give up rows; where it gives up most, little is left of the model.</summary>
    private static void AddRobustFit(FindingEvidence evidence, FindingList findings)
    {
        if (evidence.Options.Robustness == 0 || evidence.IsCollapsed) return;
        string[] names = [.. HeavyTailedNames(evidence)];
        var features = evidence.Diagnosis.Features
            .Where(feature => !feature.IsEmpty && !feature.IsConstant && !names.Contains(feature.Name));
        int poor = features.Count(feature => feature.IsPoor);
        bool isExact = evidence.Options.NoiseScale is ComputedNoiseScale && evidence.Diagnosis.NoiseScale < SmallestScale;
        if (!isExact && 2 * poor <= features.Count()) return;
        string what = isExact
            ? "the noise scale has fallen to the smallest there is, where it describes some rows exactly and gives up the others"
            : $"{poor} of {features.Count()} features are not reconstructed better than by their mean or most frequent value";
        findings.Warn(
            FindingKind.DegenerateRobustFit,
            $"The robust fit is degenerate: {what}. Take a smaller {nameof(VaeOptions.Robustness)}, or a larger "
            + $"{nameof(VaeOptions.ReconstructionWeight)}{(isExact ? ", or a fixed noise scale" : "")}.");
    }

    private static void AddPoor(FindingEvidence evidence, FindingList findings)
    {
        var features = evidence.Diagnosis.Features;
        string[] heavy = evidence.HasUnmendedTails ? [.. HeavyTailedNames(evidence)] : [];
        string[] poor = [.. features.Where(feature => feature.IsPoor && !heavy.Contains(feature.Name)).Select(feature => feature.Name)];
        if (poor.Length == 0) return;
        findings.Note(
            FindingKind.PoorFeatures,
            $"{poor.Length} of {features.Count} features {Are(poor.Length)} not reconstructed better than by their mean or most "
            + $"frequent value ({Names(poor)}): they hardly shape the embedding.{PoorRemedy(evidence)}");
    }

    private static void AddConstant(FindingEvidence evidence, FindingList findings)
    {
        var features = evidence.Diagnosis.Features;
        string[] empty = [.. features.Where(feature => feature.IsEmpty).Select(feature => feature.Name)];
        string[] constant = [.. features.Where(feature => feature.IsConstant).Select(feature => feature.Name)];
        if (empty.Length + constant.Length == 0) return;
        string[] parts =
        [
            .. constant.Length > 0 ? [$"one value only in {Names(constant)}"] : Array.Empty<string>(),
            .. empty.Length > 0 ? [$"none at all in {Names(empty)}"] : Array.Empty<string>(),
        ];
        findings.Note(
            FindingKind.ConstantFeatures,
            $"The {evidence.Diagnosis.Rows} rows hold {string.Join(", and ", parts)}: such features tell no rows apart "
            + "and can be left out.");
    }

    /// <summary>Never the opposite of what <see cref="LatentFindings"/> advises.</summary>
    private static string PoorRemedy(FindingEvidence evidence)
    {
        if (evidence.IsCollapsed || evidence.Options.Robustness > 0) return "";
        if (evidence.Idle > 0) return evidence.IsUnregularized ? "" : " If they matter, lower the KL weight.";
        return evidence.Dimensions < evidence.Width ? " If they matter, raise the latent dimension." : "";
    }

    private static IEnumerable<string> HeavyTailedNames(FindingEvidence evidence) => evidence.HeavyTailed.Select(slot => slot.Name);
}
