using System.Numerics.Tensors;
using Vae.Losses.Noise;
using Vae.Numerics.Elementwise;
using Vae.Numerics.RandomNumbers;

namespace Vae.Losses.Reconstruction;

/// <summary>−log p = ½ [(x − x̂)²/s² + log s² + log 2π].</summary>
internal sealed class GaussianLikelihood(int start, int length) : Likelihood(start, length)
{
    private const float HalfLogTwoPi = 0.918938533f;

    public override void Evaluate(
        ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, SlotScales noise, Span<float> terms, Span<float> gradients, Span<float> scaleGradients)
    {
        var logs = noise.Logs.AsSpan(Start, Length);
        var reciprocals = noise.Reciprocals.AsSpan(Start, Length);
        TensorPrimitives.Subtract(outputs, targets, gradients);
        TensorPrimitives.Multiply(gradients, reciprocals, gradients);
        TensorPrimitives.Multiply(gradients, gradients, terms);
        if (!scaleGradients.IsEmpty) TensorPrimitives.Subtract(1, terms, scaleGradients);
        TensorPrimitives.MultiplyAdd(terms, 0.5f, logs, terms);
        TensorPrimitives.Add(terms, HalfLogTwoPi, terms);
        TensorPrimitives.Multiply(gradients, reciprocals, gradients);
    }

    /// <summary>∫ p^{b+1} = (2πs²)^{−b/2}·(1+b)^{−1/2}.</summary>
    public override void Integrate(float robustness, ReadOnlySpan<float> outputs, SlotScales noise, LogIntegrals integrals)
    {
        float constant = -robustness * HalfLogTwoPi - 0.5f * ScalarMath.Log1p(robustness);
        LocationScale.Integrate(constant, robustness, noise.Logs.AsSpan(Start, Length), integrals);
    }

    public override void Predict(Span<float> outputs)
    {
    }

    public override void AddNoise(Span<float> outputs, SlotScales noise, Random random)
    {
        for (int i = 0; i < outputs.Length; i++)
            outputs[i] += MathF.Exp(noise.Logs[Start + i]) * (float)RandomVariable.Normal(random);
    }
}
