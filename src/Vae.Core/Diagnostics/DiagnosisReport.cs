using System.Globalization;
using System.Text;
using Vae.Data;

namespace Vae.Diagnostics;

/// <summary>A <see cref="VaeDiagnosis"/> as text.</summary>
internal static class DiagnosisReport
{
    private const int MostFeatures = 30;

    /// <summary>Some lines for a console or a log.</summary>
    public static string Format(VaeDiagnosis diagnosis)
    {
        var text = new StringBuilder();
        text.AppendLine(Invariant($"Diagnosis on {diagnosis.Rows} {(diagnosis.HeldOut ? "held-out rows" : "rows of the training table")}"));
        text.Append(Invariant($"  reconstruction {diagnosis.Reconstruction:0.000}, KL {diagnosis.KullbackLeibler:0.000} nats per row, "));
        text.AppendLine(Invariant($"noise scale {diagnosis.NoiseScale:0.000}"));
        var divergences = diagnosis.KullbackLeiblerPerDimension.Select(value => Invariant($"{value:0.00}"));
        text.AppendLine("  KL per dimension: " + string.Join("  ", divergences));
        foreach (var feature in diagnosis.Features.Take(MostFeatures))
            text.AppendLine($"  {feature.Name}: {Describe(feature)}");

        int more = diagnosis.Features.Count - MostFeatures;
        if (more > 0) text.AppendLine(Invariant($"  … and {more} more features"));
        foreach (var finding in diagnosis.Findings)
            text.AppendLine((finding.IsWarning ? "  ! " : "  - ") + finding.Message);
        return text.ToString().TrimEnd();
    }

    private static string Describe(FeatureQuality feature)
    {
        if (feature.IsEmpty) return "no value";
        if (feature.IsConstant) return "one value only";
        return feature.Kind == FeatureKind.Numeric
            ? Invariant($"R² {feature.Quality:0.000}")
            : Invariant($"accuracy {feature.Quality:0.000} (most frequent value: {feature.Baseline:0.000})");
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
