using Vae.Data;
using Vae.Options;

namespace Vae.Tests.Reference;

/// <summary>The reconstruction term of one row, from the densities of its observed values.</summary>
internal sealed class ReferenceReconstruction(ReferenceProblem problem)
{
    private readonly double _b = problem.Options.Robustness;

    /// <summary>Σ −log p or, for a robust model, the β-divergence of each value or of the whole row.</summary>
    public double Of(double[] row, double[] outputs)
    {
        var values = Values(row, outputs).ToList();
        if (_b == 0) return -values.Sum(value => value.LogDensity);
        if (problem.Options.RobustnessForm == RobustnessForm.PerSlot)
            return values.Sum(value => Divergence(Math.Exp(value.LogDensity), value.PowerIntegral));
        return Divergence(
            values.Aggregate(1.0, (product, value) => product * Math.Exp(value.LogDensity)),
            values.Aggregate(1.0, (product, value) => product * value.PowerIntegral));
    }

    /// <summary>−((b+1)/b)·(pᵇ − 1) + ∫ p^{b+1} − 1.</summary>
    private double Divergence(double density, double powerIntegral) => -(_b + 1) / _b * (Math.Pow(density, _b) - 1) + powerIntegral - 1;

    /// <summary>log p of each observed value, and ∫ p^{b+1} over all values that it could have.</summary>
    private IEnumerable<(double LogDensity, double PowerIntegral)> Values(double[] row, double[] outputs)
    {
        int numeric = 0;
        foreach (var group in problem.Layout.Groups)
        {
            double[] x = row[group.Start..group.End];
            double[] a = outputs[group.Start..group.End];
            if (group.Kind == FeatureKind.OneHot && problem.Options.OneHotLikelihood == OneHotLikelihoodKind.Categorical)
            {
                if (x.Contains(1.0)) yield return Categorical(x, a);
                continue;
            }

            for (int i = 0; i < x.Length; i++)
            {
                double scale = group.Kind == FeatureKind.Numeric ? Scale(numeric++) : double.NaN;
                if (double.IsNaN(x[i])) continue;
                yield return group.Kind == FeatureKind.Numeric ? Numeric(x[i], a[i], scale) : Bernoulli(x[i], a[i]);
            }
        }
    }

    private (double, double) Bernoulli(double x, double logit)
    {
        double y = 1 / (1 + Math.Exp(-logit));
        return (x * Math.Log(y) + (1 - x) * Math.Log(1 - y), Math.Pow(y, _b + 1) + Math.Pow(1 - y, _b + 1));
    }

    private (double, double) Categorical(double[] x, double[] logits)
    {
        double sum = logits.Sum(Math.Exp);
        return (logits[Array.IndexOf(x, 1.0)] - Math.Log(sum), logits.Sum(logit => Math.Pow(Math.Exp(logit) / sum, _b + 1)));
    }

    private (double, double) Numeric(double x, double expected, double scale)
    {
        if (problem.Options.NumericLikelihood == NumericLikelihoodKind.LogCosh)
        {
            double area = LogCoshDensity.Area(1);
            double logDensity = LogCoshDensity.LogKernel((expected - x) / scale) - Math.Log(scale * area);
            return (logDensity, LogCoshDensity.Area(_b + 1) * scale / Math.Pow(scale * area, _b + 1));
        }

        double variance = scale * scale;
        return (
            -0.5 * ((x - expected) * (x - expected) / variance + Math.Log(variance) + Math.Log(2 * Math.PI)),
            Math.Pow(2 * Math.PI * variance, -_b / 2) / Math.Sqrt(1 + _b));
    }

    /// <summary>The noise scale s of the n-th numeric slot.</summary>
    private double Scale(int n)
    {
        switch (problem.Options.NoiseScale)
        {
            case FixedNoiseScale given:
                return given.Scale;
            case ComputedNoiseScale:
                return Math.Sqrt(problem.Buffers["noise.mean_squared_error"][0]);
            default:
                double[] logs = problem.Tensors["noise.log_scale"];
                return Math.Exp(logs.Length == 1 ? logs[0] : logs[n]);
        }
    }
}
