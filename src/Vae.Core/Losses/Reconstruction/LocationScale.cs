namespace Vae.Losses.Reconstruction;

/// <summary>What densities of the form f((x − x̂)/s)/s have in common.</summary>
internal static class LocationScale
{
    /// <summary>log ∫ p^{b+1} = constant − b·log s, whatever the location.</summary>
    public static void Integrate(float constant, float robustness, ReadOnlySpan<float> logScales, in SlotTerms integrals)
    {
        for (int i = 0; i < logScales.Length; i++)
            integrals.Values[i] = constant - robustness * logScales[i];
        integrals.Gradients.Clear();
        integrals.ScaleGradients.Fill(-robustness);
    }
}
