namespace Vae.Training.Rows;

/// <summary>Weight, mean, and weighted sum of squared distances from the mean, of the observed values of each slot.</summary>
internal sealed class SlotMoments(int slots)
{
    public double[] Weights { get; } = new double[slots];

    public double[] Means { get; } = new double[slots];

    public double[] Squares { get; } = new double[slots];

    public void Clear()
    {
        Array.Clear(Weights);
        Array.Clear(Means);
        Array.Clear(Squares);
    }

    /// <summary>Takes a row, whose values are only summed until <see cref="CompleteMeans"/> is called.</summary>
    public void AddToMeans(ReadOnlySpan<float> row, double weight)
    {
        for (int slot = 0; slot < row.Length; slot++)
        {
            if (float.IsNaN(row[slot])) continue;
            Means[slot] += weight * row[slot];
            Weights[slot] += weight;
        }
    }

    public void CompleteMeans()
    {
        for (int slot = 0; slot < Means.Length; slot++)
            Means[slot] = Weights[slot] > 0 ? Means[slot] / Weights[slot] : 0;
    }

    /// <summary>Takes a row again, once the means are complete.</summary>
    public void AddSquares(ReadOnlySpan<float> row, double weight)
    {
        for (int slot = 0; slot < row.Length; slot++)
        {
            if (float.IsNaN(row[slot])) continue;
            double deviation = row[slot] - Means[slot];
            Squares[slot] += weight * deviation * deviation;
        }
    }

    /// <summary>Takes the moments of further rows (Chan, Golub &amp; LeVeque 1983).</summary>
    public void Add(SlotMoments other)
    {
        for (int slot = 0; slot < Means.Length; slot++)
        {
            if (other.Weights[slot] == 0) continue;
            double weight = Weights[slot] + other.Weights[slot];
            double part = other.Weights[slot] / weight;
            double difference = other.Means[slot] - Means[slot];
            Squares[slot] += other.Squares[slot] + Weights[slot] * part * difference * difference;
            Means[slot] = Weights[slot] == 0 ? other.Means[slot] : Means[slot] + part * difference;
            Weights[slot] = weight;
        }
    }
}
