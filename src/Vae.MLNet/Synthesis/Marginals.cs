using Vae.Data;

namespace Vae.MLNet.Synthesis;

/// <summary>How far the distributions of single columns are apart; missing values are left out.</summary>
internal static class Marginals
{
    public static ColumnDistance[] Compare(ComparedRows real, ComparedRows synthetic) => [.. real.Layout.Features.Select(feature =>
        new ColumnDistance(
            feature.Name, feature.Kind == FeatureKind.Numeric,
            feature.Kind == FeatureKind.Numeric
                ? KolmogorovSmirnov(Sorted(real, feature), Sorted(synthetic, feature))
                : TotalVariation(Shares(real, feature), Shares(synthetic, feature))))];

    /// <summary>The largest difference of two empirical distribution functions.</summary>
    public static double KolmogorovSmirnov(float[] first, float[] second)
    {
        if (first.Length == 0 || second.Length == 0) return first.Length == second.Length ? 0 : 1;
        double largest = 0;
        int i = 0;
        int j = 0;
        while (i < first.Length && j < second.Length)
        {
            float value = Math.Min(first[i], second[j]);
            while (i < first.Length && first[i] == value) i++;
            while (j < second.Length && second[j] == value) j++;
            largest = Math.Max(largest, Math.Abs((double)i / first.Length - (double)j / second.Length));
        }

        return largest;
    }

    private static double TotalVariation(double[] first, double[] second) =>
        0.5 * first.Zip(second, (a, b) => Math.Abs(a - b)).Sum();

    private static float[] Sorted(ComparedRows rows, Feature feature)
    {
        float[] values = [.. rows.Column(feature.Start).Where(value => !float.IsNaN(value))];
        Array.Sort(values);
        return values;
    }

    /// <summary>The share of each category; of no and yes.</summary>
    private static double[] Shares(ComparedRows rows, Feature feature)
    {
        var shares = new double[feature.Length];
        int observed = 0;
        for (int row = 0; row < rows.Count; row++)
        {
            if (!feature.IsObserved(rows[row])) continue;
            observed++;
            for (int i = 0; i < shares.Length; i++)
                shares[i] += rows[row][feature.Start + i];
        }

        for (int i = 0; i < shares.Length; i++)
            shares[i] /= Math.Max(1, observed);
        return feature.Kind == FeatureKind.Binary ? [shares[0], 1 - shares[0]] : shares;
    }
}
