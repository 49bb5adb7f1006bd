using System.Numerics.Tensors;

namespace Vae.MLNet.Synthesis;

/// <summary>Spearman's rank correlations between slots; a missing value counts as one in the middle.</summary>
internal static class Correlations
{
    /// <summary>The mean absolute difference over the pairs of slots that belong to different features.</summary>
    public static double MeanDifference(ComparedRows real, ComparedRows synthetic)
    {
        float[][] first = Ranks(real);
        float[][] second = Ranks(synthetic);
        int[] owners = [.. real.Layout.Features.SelectMany((feature, i) => Enumerable.Repeat(i, feature.Length))];
        double sum = 0;
        long pairs = 0;
        for (int i = 0; i < owners.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                if (owners[i] == owners[j]) continue;
                sum += Math.Abs(TensorPrimitives.Dot<float>(first[i], first[j]) - TensorPrimitives.Dot<float>(second[i], second[j]));
                pairs++;
            }
        }

        return sum / pairs;
    }

    /// <summary>The ranks of each slot's values, centred and of length 1, so that a correlation is a dot product.</summary>
    private static float[][] Ranks(ComparedRows rows) =>
        [.. Enumerable.Range(0, rows.Layout.SlotCount).Select(slot => Normalize(MidRanks(rows.Column(slot))))];

    private static float[] MidRanks(float[] values)
    {
        int[] order = [.. Enumerable.Range(0, values.Length).Where(i => !float.IsNaN(values[i]))];
        float[] sorted = Array.ConvertAll(order, i => values[i]);
        Array.Sort(sorted, order);
        var ranks = new float[values.Length];
        for (int i = 0; i < order.Length;)
        {
            int end = i + 1;
            while (end < order.Length && sorted[end] == sorted[i]) end++;
            for (int tied = i; tied < end; tied++)
                ranks[order[tied]] = (i + end - order.Length) / 2f;
            i = end;
        }

        return ranks;
    }

    private static float[] Normalize(float[] ranks)
    {
        TensorPrimitives.Subtract(ranks, TensorPrimitives.Sum<float>(ranks) / ranks.Length, ranks);
        float length = TensorPrimitives.Norm<float>(ranks);
        if (length > 0) TensorPrimitives.Divide(ranks, length, ranks);
        return ranks;
    }
}
