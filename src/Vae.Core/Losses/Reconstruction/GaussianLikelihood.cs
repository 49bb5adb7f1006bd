using System.Numerics.Tensors;
using Vae.Losses.Noise;
using Vae.Numerics.Elementwise;
using Vae.Numerics.RandomNumbers;

namespace Vae.Losses.Reconstruction;

/// <summary>−log p = ½ [(x − x̂)²/s² + log s² + log 2π].</summary>
internal sealed class GaussianLikelihood(int start, int length) : Likelihood(start, length)
{
    /// <summary>½ log 2π.</summary>
    public const float HalfLogTwoPi = 0.918938533f;

    public override double Variance => 1;

    public override void Evaluate(in SlotValues slots, in SlotTerms terms)
    {
        var outputs = slots.Outputs;
        var targets = slots.Targets;
        var values = terms.Values;
        var gradients = terms.Gradients;
        var scaleGradients = terms.ScaleGradients;
        var logs = slots.Scales.Logs.AsSpan(Start, Length);
        var reciprocals = slots.Scales.Reciprocals.AsSpan(Start, Length);
        TensorPrimitives.Subtract(outputs, targets, gradients);
        TensorPrimitives.Multiply(gradients, reciprocals, gradients);
        TensorPrimitives.Multiply(gradients, gradients, values);
        if (!scaleGradients.IsEmpty) TensorPrimitives.Subtract(1, values, scaleGradients);
        TensorPrimitives.MultiplyAdd(values, 0.5f, logs, values);
        TensorPrimitives.Add(values, HalfLogTwoPi, values);
        TensorPrimitives.Multiply(gradients, reciprocals, gradients);
    }

    /// <summary>∫ p^{b+1} = (2πs²)^{−b/2}·(1+b)^{−1/2}.</summary>
    public override void Integrate(float robustness, in SlotValues slots, in SlotTerms integrals)
    {
        float constant = -robustness * HalfLogTwoPi - 0.5f * ScalarMath.Log1p(robustness);
        LocationScale.Integrate(constant, robustness, slots.Scales.Logs.AsSpan(Start, Length), integrals);
    }

    public override void Predict(Span<float> outputs)
    {
    }

    public override void AddNoise(Span<float> outputs, SlotScales noise, Random random)
    {
        for (int i = 0; i < outputs.Length; i++)
            outputs[i] += MathF.Exp(noise.Logs[Start + i]) * (float)RandomVariable.Normal(random);
    }

    public override double UpperQuantile(double probability) => -NormalDistribution.Score(probability, 1);
}
