namespace Vae.Diagnostics;

/// <summary>One thing that the diagnosis noticed.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Message">A sentence or two in plain words; for a warning, with what to try.</param>
/// <param name="IsWarning">Whether something should be done about it.</param>
public sealed record Finding(FindingKind Kind, string Message, bool IsWarning);
