namespace Vae.Detection;

/// <summary>Which of many p-values may be called discoveries (Benjamini &amp; Hochberg 1995).</summary>
internal static class FalseDiscoveryRate
{
    /// <summary>What rounding may take from q·k/m.</summary>
    private const double Rounding = 1e-6;

    /// <summary>
    /// The largest p-value p₍ₖ₎ with p₍ₖ₎ ≤ q·k/m; below 0 where there is none.
    /// </summary>
    /// <param name="pValues">The p-values; their order changes.</param>
    /// <param name="rate">q, the part of the discoveries that may be false.</param>
    public static float LargestSelected(float[] pValues, double rate)
    {
        Array.Sort(pValues);
        for (int k = pValues.Length; k > 0; k--)
        {
            if (pValues[k - 1] <= rate * k / pValues.Length * (1 + Rounding)) return pValues[k - 1];
        }

        return -1;
    }
}
