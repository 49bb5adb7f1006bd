namespace Vae.Samples.Wine.Page;

/// <summary>A sentence of the diagnosis.</summary>
internal sealed record FindingLine(string Message, bool IsWarning);
