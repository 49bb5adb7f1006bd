using Vae.Evaluation.Data;
using Vae.Samples;

namespace Vae.Evaluation.Metrics;

/// <summary>Lloyd's algorithm from k-means++ starts (Arthur &amp; Vassilvitskii 2007), the best of ten.</summary>
internal sealed class KMeans
{
    private const int Starts = 10;
    private const int MostSteps = 100;

    private readonly double[][] _centers;

    private KMeans(double[][] centers) => _centers = centers;

    public static KMeans Fit(Embedding rows, int clusters)
    {
        var random = new MersenneTwister(0);
        double least = double.PositiveInfinity;
        double[][] best = [];
        for (int start = 0; start < Starts; start++)
        {
            double[][] centers = PlusPlus(rows, clusters, random);
            double inertia = Iterate(rows, centers);
            if (inertia >= least) continue;
            least = inertia;
            best = centers;
        }

        return new KMeans(best);
    }

    /// <summary>The cluster of each row.</summary>
    public int[] Assign(Embedding rows) =>
        [.. Enumerable.Range(0, rows.Count).Select(row => Nearest(rows.Row(row), _centers, _centers.Length).Index)];

    private static double[][] PlusPlus(Embedding rows, int clusters, MersenneTwister random)
    {
        var centers = new double[clusters][];
        centers[0] = Center(rows, random.NextInt32(rows.Count - 1));
        for (int next = 1; next < clusters; next++)
        {
            double[] distances = [.. Enumerable.Range(0, rows.Count).Select(row => Nearest(rows.Row(row), centers, next).Squared)];
            double left = distances.Sum() * (random.NextUInt32() / 4294967296.0);
            int chosen = 0;
            while (chosen < distances.Length - 1 && (left -= distances[chosen]) > 0)
                chosen++;
            centers[next] = Center(rows, chosen);
        }

        return centers;
    }

    private static double Iterate(Embedding rows, double[][] centers)
    {
        double last = double.PositiveInfinity;
        for (int step = 0; step < MostSteps; step++)
        {
            var sums = centers.Select(center => new double[center.Length]).ToArray();
            var counts = new int[centers.Length];
            double inertia = 0;
            for (int row = 0; row < rows.Count; row++)
            {
                var (index, squared) = Nearest(rows.Row(row), centers, centers.Length);
                inertia += squared;
                counts[index]++;
                for (int i = 0; i < rows.Dimension; i++)
                    sums[index][i] += rows.Row(row)[i];
            }

            for (int cluster = 0; cluster < centers.Length; cluster++)
            {
                if (counts[cluster] > 0) centers[cluster] = Array.ConvertAll(sums[cluster], sum => sum / counts[cluster]);
            }

            if (last - inertia <= 1e-6 * inertia) return inertia;
            last = inertia;
        }

        return last;
    }

    private static double[] Center(Embedding rows, int row) => [.. rows.Row(row).ToArray().Select(value => (double)value)];

    private static (int Index, double Squared) Nearest(ReadOnlySpan<float> point, double[][] centers, int count)
    {
        int index = 0;
        double least = double.PositiveInfinity;
        for (int cluster = 0; cluster < count; cluster++)
        {
            double squared = 0;
            for (int i = 0; i < point.Length; i++)
                squared += (point[i] - centers[cluster][i]) * (point[i] - centers[cluster][i]);
            if (squared >= least) continue;
            least = squared;
            index = cluster;
        }

        return (index, least);
    }
}
