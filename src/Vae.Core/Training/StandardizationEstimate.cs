using Vae.Features;

namespace Vae.Training;

/// <summary>Learns a <see cref="Standardization"/> from training rows.</summary>
internal static class StandardizationEstimate
{
    /// <summary>The relative spread below which a slot counts as constant: about the resolution of a float.</summary>
    private const double Negligible = 1e-6;

    /// <summary>Mean and (biased) standard deviation of each numeric slot over the observed, weighted values, in two passes.</summary>
    public static Standardization Of(RowStore store, ReadOnlySpan<int> rows)
    {
        int width = store.Layout.RowWidth;
        var means = new double[width];
        var deviations = new double[width];
        var weights = new double[width];
        foreach (int index in rows)
        {
            var row = store[index];
            double weight = store.Weight(index);
            for (int slot = 0; slot < width; slot++)
            {
                if (float.IsNaN(row[slot])) continue;
                means[slot] += weight * row[slot];
                weights[slot] += weight;
            }
        }

        for (int slot = 0; slot < width; slot++)
            means[slot] = weights[slot] > 0 ? means[slot] / weights[slot] : 0;
        foreach (int index in rows)
        {
            var row = store[index];
            double weight = store.Weight(index);
            for (int slot = 0; slot < width; slot++)
            {
                if (float.IsNaN(row[slot])) continue;
                double deviation = row[slot] - means[slot];
                deviations[slot] += weight * deviation * deviation;
            }
        }

        for (int slot = 0; slot < width; slot++)
        {
            deviations[slot] = weights[slot] > 0 ? Math.Sqrt(deviations[slot] / weights[slot]) : 0;
            if (deviations[slot] <= Negligible * Math.Abs(means[slot]) || deviations[slot] < float.Epsilon) deviations[slot] = 1;
        }

        foreach (var group in store.Layout.AllGroups.Where(group => group.Kind != FeatureKind.Numeric))
        {
            means.AsSpan(group.Start, group.Length).Clear();
            deviations.AsSpan(group.Start, group.Length).Fill(1);
        }

        return new Standardization(means, deviations);
    }
}
