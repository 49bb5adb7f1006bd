using Vae.Diagnostics;

namespace Vae.Samples.Page;

/// <summary>A sentence of the diagnosis.</summary>
public sealed record FindingLine(string Message, bool IsWarning)
{
    /// <summary>All that the diagnosis has to say, the most important first.</summary>
    public static FindingLine[] Of(VaeDiagnosis diagnosis) =>
        [.. diagnosis.Findings.Select(finding => new FindingLine(finding.Message, finding.IsWarning))];
}
