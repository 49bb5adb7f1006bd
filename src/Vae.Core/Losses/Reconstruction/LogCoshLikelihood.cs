using Vae.Losses.Noise;
using Vae.Numerics.Elementwise;
using Vae.Numerics.RandomNumbers;
using Vae.Options;

namespace Vae.Losses.Reconstruction;

/// <summary>
/// −log p = (1/c)·log cosh(c·(x̂ − x)/s) + log s + log Z with c = 10 (Chen et al. 2018) and Z = √π·Γ(1/2c) / (c·Γ(1/2c + ½)), which makes
/// it the density of a location-scale family. Stable as |t| + log(1 + e^(−2|t|)) − log 2.
/// </summary>
internal sealed class LogCoshLikelihood(int start, int length) : Likelihood(start, length)
{
    /// <summary>c.</summary>
    public const float C = (float)VaeOptions.LogCoshSharpness;

    private static readonly float LogTwo = MathF.Log(2);

    /// <summary>log Z.</summary>
    public static float LogNormalizer { get; } = (float)LogIntegralOfPower(1);

    /// <summary>2·∫₀^∞ t² p(t) dt.</summary>
    public override double Variance => 2 * SumOfExponentials(0, rate => 2 / (rate * rate * rate));

    public override void Evaluate(in SlotValues slots, in SlotTerms terms)
    {
        var outputs = slots.Outputs;
        var targets = slots.Targets;
        var values = terms.Values;
        var gradients = terms.Gradients;
        var scaleGradients = terms.ScaleGradients;
        var logs = slots.Scales.Logs.AsSpan(Start, Length);
        var reciprocals = slots.Scales.Reciprocals.AsSpan(Start, Length);
        for (int i = 0; i < outputs.Length; i++)
        {
            float scaled = (outputs[i] - targets[i]) * reciprocals[i];
            float magnitude = MathF.Abs(C * scaled);
            float decay = MathF.Exp(-2 * magnitude);
            float tanh = MathF.CopySign((1 - decay) / (1 + decay), scaled);
            values[i] = (magnitude + ScalarMath.Log1p(decay) - LogTwo) / C + logs[i] + LogNormalizer;
            gradients[i] = tanh * reciprocals[i];
            if (!scaleGradients.IsEmpty) scaleGradients[i] = 1 - scaled * tanh;
        }
    }

    /// <summary>∫ p^{b+1} = s^{−b}·Z(b+1)/Z^{b+1}, Z(q) the integral of the q-th power of the kernel.</summary>
    public override void Integrate(float robustness, in SlotValues slots, in SlotTerms integrals)
    {
        float constant = (float)LogIntegralOfDensityPower(1 + robustness);
        LocationScale.Integrate(constant, robustness, slots.Scales.Logs.AsSpan(Start, Length), integrals);
    }

    public override void Predict(Span<float> outputs)
    {
    }

    public override void AddNoise(Span<float> outputs, SlotScales noise, Random random)
    {
        for (int i = 0; i < outputs.Length; i++)
        {
            // p(t) ∝ sech(ct)^(1/c): e^{2ct} is the ratio of two independent Gamma(1/2c) variables.
            double logRatio = RandomVariable.LogGamma(1.0 / (2 * C), random) - RandomVariable.LogGamma(1.0 / (2 * C), random);
            outputs[i] += MathF.Exp(noise.Logs[Start + i]) * (float)(logRatio / (2 * C));
        }
    }

    /// <summary>By bisection: the probability to exceed t ≥ 0 falls at least like e^−t.</summary>
    public override double UpperQuantile(double probability)
    {
        double low = 0;
        double high = 1 - Math.Log(probability);
        while (high - low > 1e-9 * high)
        {
            double middle = 0.5 * (low + high);
            if (SumOfExponentials(middle, rate => 1 / rate) > probability)
                low = middle;
            else
                high = middle;
        }

        return high;
    }

    /// <summary>log ∫ p^q for s = 1.</summary>
    public static double LogIntegralOfDensityPower(double power) => LogIntegralOfPower(power) - power * LogIntegralOfPower(1);

    /// <summary>log ∫ cosh(ct)^(−q/c) dt = log [√π·Γ(q/2c) / (c·Γ(q/2c + ½))].</summary>
    public static double LogIntegralOfPower(double power)
    {
        double half = power / (2 * C);
        return 0.5 * Math.Log(Math.PI) + ScalarMath.LogGamma(half) - Math.Log(C) - ScalarMath.LogGamma(half + 0.5);
    }

    /// <summary>
    /// Σ_j w_j e^(−r_j t) weight(r_j), where p(t) = Σ_j w_j e^(−r_j t) with r_j = 1 + 2cj for t ≥ 0: p(t) = 2^(1/c)/Z · e^(−t) ·
    /// (1 + e^(−2ct))^(−1/c) as a binomial series.
    /// </summary>
    private static double SumOfExponentials(double t, Func<double, double> weight)
    {
        const int mostTerms = 10_000;
        double sum = 0;
        double coefficient = Math.Exp(LogTwo / C - LogNormalizer);
        for (int j = 0; j < mostTerms; j++)
        {
            double rate = 1 + 2 * C * j;
            double term = coefficient * Math.Exp(-rate * t) * weight(rate);
            sum += term;
            if (Math.Abs(term) <= 1e-12 * sum) break;
            coefficient *= -(1 / C + j) / (j + 1);
        }

        return sum;
    }
}
