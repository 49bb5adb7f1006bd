namespace Vae.Evaluation.Metrics;

/// <summary>How far two partitions agree beyond chance (Hubert &amp; Arabie 1985): 1 is the same partition, 0 is chance.</summary>
internal static class AdjustedRandIndex
{
    public static double Of(int[] first, int[] second)
    {
        double together = Pairs(first.Zip(second).GroupBy(pair => pair).Select(group => group.Count()));
        double inFirst = Pairs(first.GroupBy(value => value).Select(group => group.Count()));
        double inSecond = Pairs(second.GroupBy(value => value).Select(group => group.Count()));
        double expected = inFirst * inSecond / Pairs([first.Length]);
        double largest = (inFirst + inSecond) / 2;
        return largest == expected ? 1 : (together - expected) / (largest - expected);
    }

    private static double Pairs(IEnumerable<int> counts) => counts.Sum(count => count * (count - 1.0) / 2);
}
