using Vae.Features;
using Vae.Objectives;

namespace Vae.Tests.Reference;

/// <summary>−log p(x|z) of one row, value by value.</summary>
internal sealed class ReferenceReconstruction(ReferenceProblem problem)
{
    /// <summary>∫ cosh(10·t)^(−1/10) dt, by the trapezoidal rule; beyond |t| = 60 there is nothing left.</summary>
    private static readonly double LogCoshArea = Enumerable.Range(-60_000, 120_001).Sum(i => 1e-3 * Math.Exp(-LogCosh(i * 1e-2) / 10));

    /// <summary>The terms of all observed values of a row.</summary>
    public double Of(double[] row, double[] outputs)
    {
        double sum = 0;
        int numeric = 0;
        foreach (var group in problem.Layout.Groups)
        {
            double[] x = row[group.Start..group.End];
            double[] a = outputs[group.Start..group.End];
            if (group.Kind == FeatureKind.OneHot)
            {
                if (x.Contains(1.0)) sum += OneHot(x, a);
                continue;
            }

            for (int i = 0; i < x.Length; i++)
            {
                double scale = group.Kind == FeatureKind.Numeric ? Scale(numeric++) : double.NaN;
                if (double.IsNaN(x[i])) continue;
                sum += group.Kind == FeatureKind.Numeric ? Numeric(x[i], a[i], scale) : Bernoulli(x[i], a[i]);
            }
        }

        return sum;
    }

    private static double Bernoulli(double x, double logit)
    {
        double probability = 1 / (1 + Math.Exp(-logit));
        return -(x * Math.Log(probability) + (1 - x) * Math.Log(1 - probability));
    }

    private static double LogCosh(double t) => Math.Abs(t) + Math.Log(1 + Math.Exp(-2 * Math.Abs(t))) - Math.Log(2);

    private double OneHot(double[] x, double[] logits)
    {
        if (problem.Options.OneHotLikelihood == OneHotLikelihood.Bernoulli)
            return x.Zip(logits, Bernoulli).Sum();
        return -Math.Log(Math.Exp(logits[Array.IndexOf(x, 1.0)]) / logits.Sum(Math.Exp));
    }

    private double Numeric(double x, double expected, double scale)
    {
        if (problem.Options.NumericLikelihood == NumericLikelihood.Gaussian)
            return 0.5 * (Math.Pow((x - expected) / scale, 2) + Math.Log(scale * scale) + Math.Log(2 * Math.PI));
        return LogCosh(10 * (expected - x) / scale) / 10 + Math.Log(scale) + Math.Log(LogCoshArea);
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
