using System.Numerics.Tensors;
using Vae.Data;
using Vae.Inference;
using Vae.Losses.Latent;

namespace Vae.Diagnostics;

/// <summary>Measures a trained model on rows.</summary>
internal sealed class DiagnosisBuilder
{
    /// <summary>A dimension whose mean varies more than this is active (Burda et al. 2016).</summary>
    private const double ActiveVariance = 0.01;

    private readonly FeatureLayout _layout;
    private readonly float[] _rows;
    private readonly int _count;
    private readonly float[] _means;
    private readonly float[] _logVariances;
    private readonly float[] _reconstructions;
    private readonly float[] _scores;

    private DiagnosisBuilder(RowEvaluator evaluator, float[] rows)
    {
        _layout = evaluator.Layout;
        _rows = rows;
        _count = rows.Length / _layout.RowWidth;
        _means = new float[_count * evaluator.LatentDimension];
        _logVariances = new float[_count * evaluator.LatentDimension];
        _reconstructions = new float[_count * _layout.SlotCount];
        _scores = new float[_count];
        evaluator.Evaluate(rows, _count, new RowOutputs
        {
            Means = _means,
            LogVariances = _logVariances,
            Reconstructions = _reconstructions,
            Scores = _scores,
        });
    }

    /// <summary>Runs rows through a model and writes down what it does with them; the findings are for others to make.</summary>
    /// <param name="evaluator">The model.</param>
    /// <param name="rows">The rows in original units.</param>
    /// <param name="heldOut">Whether all of the rows were held out of the training.</param>
    public static VaeDiagnosis Build(RowEvaluator evaluator, float[] rows, bool heldOut)
    {
        var builder = new DiagnosisBuilder(evaluator, rows);
        int dimensions = evaluator.LatentDimension;
        double[] divergences = [.. Enumerable.Range(0, dimensions).Select(d => builder.Divergence(d, dimensions))];
        double[] variances = [.. Enumerable.Range(0, dimensions).Select(d => builder.Variance(d, dimensions))];
        double divergence = divergences.Sum();
        return new VaeDiagnosis
        {
            Rows = builder._count,
            HeldOut = heldOut,
            Reconstruction = builder._scores.Average(score => (double)score) - divergence,
            KullbackLeibler = divergence,
            KullbackLeiblerPerDimension = divergences,
            MeanVariancePerDimension = variances,
            ActiveUnits = variances.Count(variance => variance > ActiveVariance),
            NoiseScale = evaluator.NoiseScale,
            Features = [.. evaluator.Layout.Groups.SelectMany(builder.Qualities)],
            Findings = [],
        };
    }

    private double Divergence(int d, int dimensions) => Enumerable.Range(0, _count).Average(row =>
    {
        float logVariance = _logVariances[row * dimensions + d];
        return (double)KullbackLeibler.OfDimension(_means[row * dimensions + d], logVariance, MathF.Exp(logVariance));
    });

    private double Variance(int d, int dimensions)
    {
        double mean = Enumerable.Range(0, _count).Average(row => _means[row * dimensions + d]);
        return Enumerable.Range(0, _count).Average(row => Math.Pow(_means[row * dimensions + d] - mean, 2));
    }

    private IEnumerable<FeatureQuality> Qualities(FeatureGroup group)
    {
        if (group.Kind == FeatureKind.OneHot)
        {
            yield return OneHotQuality(group);
            yield break;
        }

        for (int slot = group.Start; slot < group.End; slot++)
        {
            string name = group.SlotNames[slot - group.Start];
            yield return group.Kind == FeatureKind.Numeric ? NumericQuality(name, Observed(slot)) : BinaryQuality(name, Observed(slot));
        }
    }

    private List<(float Actual, float Expected)> Observed(int slot)
    {
        var observed = new List<(float, float)>();
        for (int row = 0; row < _count; row++)
        {
            float actual = _rows[row * _layout.RowWidth + slot];
            if (!float.IsNaN(actual)) observed.Add((actual, _reconstructions[row * _layout.SlotCount + slot]));
        }

        return observed;
    }

    private static FeatureQuality NumericQuality(string name, List<(float Actual, float Expected)> observed)
    {
        if (observed.Count == 0) return new FeatureQuality(name, FeatureKind.Numeric, double.NaN, double.NaN);
        double mean = observed.Average(pair => (double)pair.Actual);
        double total = observed.Sum(pair => Math.Pow(pair.Actual - mean, 2));
        double residual = observed.Sum(pair => Math.Pow((double)pair.Actual - pair.Expected, 2));
        return new FeatureQuality(name, FeatureKind.Numeric, total > 0 ? 1 - residual / total : double.NaN, 0);
    }

    private static FeatureQuality BinaryQuality(string name, List<(float Actual, float Expected)> observed)
    {
        if (observed.Count == 0) return new FeatureQuality(name, FeatureKind.Binary, double.NaN, double.NaN);
        double share = observed.Average(pair => (double)pair.Actual);
        double accuracy = observed.Average(pair => (pair.Expected >= 0.5f) == (pair.Actual >= 0.5f) ? 1.0 : 0.0);
        return new FeatureQuality(name, FeatureKind.Binary, accuracy, Math.Max(share, 1 - share));
    }

    private FeatureQuality OneHotQuality(FeatureGroup group)
    {
        int right = 0;
        var counts = new int[group.Length];
        for (int row = 0; row < _count; row++)
        {
            int actual = _rows.AsSpan(row * _layout.RowWidth + group.Start, group.Length).IndexOf(1f);
            if (actual < 0) continue;
            counts[actual]++;
            var expected = _reconstructions.AsSpan(row * _layout.SlotCount + group.Start, group.Length);
            if (TensorPrimitives.IndexOfMax<float>(expected) == actual) right++;
        }

        double observed = counts.Sum();
        return new FeatureQuality(group.Name, FeatureKind.OneHot, right / observed, counts.Max() / observed);
    }
}
