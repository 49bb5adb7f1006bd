using Vae.Options;

namespace Vae.Losses.Latent;

/// <summary>The bounds of the encoder's log σ².</summary>
internal static class LogVariance
{
    /// <summary>log σ² within the bounds.</summary>
    public static float Clamp(float logVariance) => Math.Clamp(logVariance, VaeOptions.SmallestLogVariance, VaeOptions.LargestLogVariance);

    /// <summary>Whether no gradient passes through <see cref="Clamp"/>.</summary>
    public static bool IsClamped(float logVariance) => logVariance is < VaeOptions.SmallestLogVariance or > VaeOptions.LargestLogVariance;
}
