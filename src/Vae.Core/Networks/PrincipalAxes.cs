namespace Vae.Networks;

/// <summary>Probabilistic PCA (Tipping &amp; Bishop 1999) of rows as an encoder sees them: x ≈ m + Σ_d g_d·z_d·u_d, with noise s.</summary>
/// <param name="Mean">m, one value per modelled slot.</param>
/// <param name="Directions">u_d, one unit vector per component, by descending variance.</param>
/// <param name="Variances">λ_d, the variance along each direction.</param>
/// <param name="NoiseVariance">s², the mean variance of what the components leave.</param>
internal sealed record PrincipalAxes(double[] Mean, float[][] Directions, double[] Variances, double NoiseVariance)
{
    /// <summary>A component of less variance than the noise keeps this part of its own, so that training may make use of it.</summary>
    private const double SmallestPart = 0.05;

    /// <summary>The number of components.</summary>
    public int Count => Directions.Length;

    /// <summary>g_d = √(λ_d − s²).</summary>
    public double Gain(int component) =>
        Math.Sqrt(Math.Max(Variances[component] - NoiseVariance, SmallestPart * Variances[component]));

    /// <summary>log (s²/λ_d), the posterior's log-variance; at most that of the prior.</summary>
    public double LogVariance(int component) => Math.Log(Math.Min(1, NoiseVariance / Variances[component]));
}
