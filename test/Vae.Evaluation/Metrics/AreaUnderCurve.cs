namespace Vae.Evaluation.Metrics;

/// <summary>The area under the ROC curve: the chance that an anomaly scores higher than a normal row, ties counting half.</summary>
internal static class AreaUnderCurve
{
    public static double Of(float[] scores, int[] labels)
    {
        int[] order = [.. Enumerable.Range(0, scores.Length).OrderBy(row => scores[row])];
        double rankSum = 0;
        for (int first = 0; first < order.Length;)
        {
            int end = first + 1;
            while (end < order.Length && scores[order[end]] == scores[order[first]])
                end++;
            double rank = (first + 1 + end) / 2.0;
            for (int i = first; i < end; i++)
                rankSum += labels[order[i]] * rank;
            first = end;
        }

        double anomalies = labels.Sum();
        double normal = labels.Length - anomalies;
        return (rankSum - anomalies * (anomalies + 1) / 2) / (anomalies * normal);
    }
}
