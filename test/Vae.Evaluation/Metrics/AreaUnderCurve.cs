using MathNet.Numerics.Statistics;

namespace Vae.Evaluation.Metrics;

/// <summary>The area under the ROC curve: the chance that an anomaly scores higher than a normal row, ties counting half.</summary>
internal static class AreaUnderCurve
{
    public static double Of(float[] scores, int[] labels)
    {
        double[] ranks = Statistics.Ranks(scores.Select(score => (double)score));
        double rankSum = ranks.Zip(labels, (rank, label) => label * rank).Sum();
        double anomalies = labels.Sum();
        double normal = labels.Length - anomalies;
        return (rankSum - anomalies * (anomalies + 1) / 2) / (anomalies * normal);
    }
}
