using Vae.Losses.Noise;
using Vae.Numerics.Elementwise;
using Vae.Numerics.RandomNumbers;

namespace Vae.Losses.Reconstruction;

/// <summary>
/// −log p = (1/c)·log cosh(c·(x̂ − x)/s) + log s + log Z with c = 10 (Chen et al. 2018) and Z = √π·Γ(1/2c) / (c·Γ(1/2c + ½)), which makes it the
/// density of a location-scale family. Stable as |t| + log(1 + e^(−2|t|)) − log 2.
/// </summary>
internal sealed class LogCoshLikelihood(int start, int length) : Likelihood(start, length)
{
    private const float C = 10;

    private static readonly float LogTwo = MathF.Log(2);
    private static readonly float LogNormalizer = (float)LogIntegralOfPower(1);

    public override void Evaluate(
        ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, SlotScales noise, Span<float> terms, Span<float> gradients, Span<float> scaleGradients)
    {
        var logs = noise.Logs.AsSpan(Start, Length);
        var reciprocals = noise.Reciprocals.AsSpan(Start, Length);
        for (int i = 0; i < outputs.Length; i++)
        {
            float scaled = (outputs[i] - targets[i]) * reciprocals[i];
            float magnitude = MathF.Abs(C * scaled);
            float decay = MathF.Exp(-2 * magnitude);
            float tanh = MathF.CopySign((1 - decay) / (1 + decay), scaled);
            terms[i] = (magnitude + ScalarMath.Log1p(decay) - LogTwo) / C + logs[i] + LogNormalizer;
            gradients[i] = tanh * reciprocals[i];
            if (!scaleGradients.IsEmpty) scaleGradients[i] = 1 - scaled * tanh;
        }
    }

    /// <summary>∫ p^{b+1} = s^{−b}·Z(b+1)/Z^{b+1}, Z(q) the integral of the q-th power of the kernel.</summary>
    public override void Integrate(float robustness, ReadOnlySpan<float> outputs, SlotScales noise, LogIntegrals integrals)
    {
        float constant = (float)(LogIntegralOfPower(1 + robustness) - (1 + robustness) * LogIntegralOfPower(1));
        LocationScale.Integrate(constant, robustness, noise.Logs.AsSpan(Start, Length), integrals);
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

    /// <summary>log ∫ cosh(ct)^(−q/c) dt = log [√π·Γ(q/2c) / (c·Γ(q/2c + ½))].</summary>
    public static double LogIntegralOfPower(double power)
    {
        double half = power / (2 * C);
        return 0.5 * Math.Log(Math.PI) + ScalarMath.LogGamma(half) - Math.Log(C) - ScalarMath.LogGamma(half + 0.5);
    }
}
