namespace Vae.Samples.Wine.Page;

/// <summary>The shares of wines whose cultivar their neighbours tell.</summary>
internal sealed record AccuracyPair(double Vae, double PrincipalComponents);
