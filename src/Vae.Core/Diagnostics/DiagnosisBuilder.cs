using System.Numerics.Tensors;
using Vae.Data;
using Vae.History;
using Vae.Inference;
using Vae.Losses.Latent;

namespace Vae.Diagnostics;

/// <summary>Measures a trained model on rows.</summary>
internal static class DiagnosisBuilder
{
    /// <summary>A dimension whose mean varies more than this is active (Burda et al. 2016).</summary>
    private const double ActiveVariance = 0.01;

    /// <summary>Runs the rows through the model and writes down what it does with them.</summary>
    public static VaeDiagnosis Build(VaeModel model, float[] rows, bool heldOut, TrainingHistory history)
    {
        int count = rows.Length / model.Layout.RowWidth;
        int k = model.LatentDimension;
        int slots = model.Layout.SlotCount;
        var means = new float[count * k];
        var logVariances = new float[count * k];
        var reconstructions = new float[count * slots];
        var scores = new float[count];
        model.Evaluator.Evaluate(rows, count, new RowOutputs { Means = means, LogVariances = logVariances, Reconstructions = reconstructions, Scores = scores });

        var divergences = new double[k];
        var variances = new double[k];
        for (int d = 0; d < k; d++)
        {
            double mean = Enumerable.Range(0, count).Average(row => means[row * k + d]);
            variances[d] = Enumerable.Range(0, count).Average(row => Math.Pow(means[row * k + d] - mean, 2));
            divergences[d] = Enumerable.Range(0, count).Average(row =>
                (double)KullbackLeibler.OfDimension(means[row * k + d], logVariances[row * k + d], MathF.Exp(logVariances[row * k + d])));
        }

        double divergence = divergences.Sum();
        var diagnosis = new VaeDiagnosis
        {
            Rows = count,
            HeldOut = heldOut,
            Reconstruction = scores.Average(score => (double)score) - divergence,
            KullbackLeibler = divergence,
            KullbackLeiblerPerDimension = divergences,
            MeanVariancePerDimension = variances,
            ActiveUnits = variances.Count(variance => variance > ActiveVariance),
            NoiseScale = model.NoiseScale,
            Features = [.. model.Layout.Groups.SelectMany(group => Qualities(group, rows, model.Layout.RowWidth, reconstructions, slots))],
            Findings = [],
        };
        return diagnosis with { Findings = FindingRules.Apply(diagnosis, model.Options, history) };
    }

    private static IEnumerable<FeatureQuality> Qualities(FeatureGroup group, float[] rows, int rowWidth, float[] reconstructions, int slots)
    {
        if (group.Kind == FeatureKind.OneHot)
        {
            yield return OneHotQuality(group, rows, rowWidth, reconstructions, slots);
            yield break;
        }

        for (int slot = group.Start; slot < group.End; slot++)
        {
            string name = group.SlotNames[slot - group.Start];
            var observed = Observed(slot, rows, rowWidth, reconstructions, slots);
            yield return group.Kind == FeatureKind.Numeric ? NumericQuality(name, observed) : BinaryQuality(name, observed);
        }
    }

    private static List<(float Actual, float Expected)> Observed(int slot, float[] rows, int rowWidth, float[] reconstructions, int slots)
    {
        var observed = new List<(float, float)>();
        for (int row = 0; row < rows.Length / rowWidth; row++)
        {
            float actual = rows[row * rowWidth + slot];
            if (!float.IsNaN(actual)) observed.Add((actual, reconstructions[row * slots + slot]));
        }

        return observed;
    }

    private static FeatureQuality NumericQuality(string name, List<(float Actual, float Expected)> observed)
    {
        if (observed.Count == 0) return new FeatureQuality(name, FeatureKind.Numeric, double.NaN, 0);
        double mean = observed.Average(pair => (double)pair.Actual);
        double total = observed.Sum(pair => Math.Pow(pair.Actual - mean, 2));
        double residual = observed.Sum(pair => Math.Pow((double)pair.Actual - pair.Expected, 2));
        return new FeatureQuality(name, FeatureKind.Numeric, total > 0 ? 1 - residual / total : double.NaN, 0);
    }

    private static FeatureQuality BinaryQuality(string name, List<(float Actual, float Expected)> observed)
    {
        if (observed.Count == 0) return new FeatureQuality(name, FeatureKind.Binary, double.NaN, double.NaN);
        double share = observed.Average(pair => (double)pair.Actual);
        return new FeatureQuality(
            name, FeatureKind.Binary, observed.Average(pair => (pair.Expected >= 0.5f) == (pair.Actual >= 0.5f) ? 1.0 : 0.0), Math.Max(share, 1 - share));
    }

    private static FeatureQuality OneHotQuality(FeatureGroup group, float[] rows, int rowWidth, float[] reconstructions, int slots)
    {
        int observed = 0;
        int right = 0;
        var counts = new int[group.Length];
        for (int row = 0; row < rows.Length / rowWidth; row++)
        {
            int actual = rows.AsSpan(row * rowWidth + group.Start, group.Length).IndexOf(1f);
            if (actual < 0) continue;
            observed++;
            counts[actual]++;
            if (TensorPrimitives.IndexOfMax<float>(reconstructions.AsSpan(row * slots + group.Start, group.Length)) == actual) right++;
        }

        return new FeatureQuality(
            group.Name, FeatureKind.OneHot, observed > 0 ? (double)right / observed : double.NaN, observed > 0 ? (double)counts.Max() / observed : double.NaN);
    }
}
