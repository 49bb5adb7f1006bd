using Vae.Data;

namespace Vae.Diagnostics;

/// <summary>Whether a diagnosis that comes from outside can be one of a model.</summary>
internal static class DiagnosisValidity
{
    /// <param name="diagnosis">The diagnosis.</param>
    /// <param name="layout">The layout of the model.</param>
    /// <param name="dimensions">k.</param>
    /// <exception cref="ArgumentException">It cannot be; the message says why.</exception>
    public static void Validate(this VaeDiagnosis diagnosis, FeatureLayout layout, int dimensions)
    {
        Require(diagnosis.Rows >= 0, "a diagnosis of fewer than no rows");
        Require(diagnosis.ActiveUnits >= 0 && diagnosis.ActiveUnits <= dimensions, "a diagnosis with active units that are not there");
        Require(
            diagnosis.KullbackLeiblerPerDimension.Count == dimensions && diagnosis.MeanVariancePerDimension.Count == dimensions,
            "a diagnosis of other dimensions");
        Require(IsOf(layout, diagnosis.Features), "a diagnosis of other features");
        Require(
            diagnosis.Findings.All(finding => finding is not null && Enum.IsDefined(finding.Kind)),
            "a diagnosis with a finding of no known kind");
    }

    private static bool IsOf(FeatureLayout layout, IReadOnlyList<FeatureQuality> features)
    {
        int count = 0;
        foreach (var group in layout.Groups)
        {
            bool isOne = group.Kind == FeatureKind.OneHot;
            for (int i = 0; i < (isOne ? 1 : group.Length); i++)
            {
                string name = isOne ? group.Name : group.SlotNames[i];
                if (count == features.Count || features[count]?.Name != name || features[count].Kind != group.Kind) return false;
                count++;
            }
        }

        return count == features.Count;
    }

    private static void Require(bool valid, string problem)
    {
        if (!valid) throw new ArgumentException(problem);
    }
}
