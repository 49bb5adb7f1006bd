using Vae.Inference;
using Vae.Networks;
using Vae.Options;

namespace Vae.Export;

/// <summary>Dense layers as steps, with the weights that inference computes with: batch normalization is folded into them.</summary>
internal static class NetworkSteps
{
    /// <summary>All layers but the last.</summary>
    public static ScoringNode Hidden(ScoringNode input, IReadOnlyList<DenseShape> shapes, VaeParameters parameters)
    {
        foreach (var shape in shapes.SkipLast(1))
        {
            var dense = Dense(input, new InferenceLayer(shape, parameters), 0, shape.Outputs);
            input = shape.Activation == Activation.Identity ? dense : new ActivationNode(shape.Activation, dense);
        }

        return input;
    }

    /// <summary>Some neighbouring units of a layer, without activation.</summary>
    public static DenseNode Dense(ScoringNode input, InferenceLayer layer, int first, int count)
    {
        float[] weights = new float[layer.Inputs * count];
        for (int row = 0; row < layer.Inputs; row++)
            layer.Weights(row).Slice(first, count).CopyTo(weights.AsSpan(row * count));
        return new DenseNode(input, weights, layer.Bias.Slice(first, count).ToArray());
    }
}

/// <summary>The encoder: from the prepared row to μ and log σ².</summary>
internal sealed class PosteriorSteps
{
    public PosteriorSteps(RowSteps row, VaeParameters parameters)
    {
        var shape = parameters.Shape;
        var head = new InferenceLayer(shape.Encoder[^1], parameters);
        var hidden = NetworkSteps.Hidden(row.Row(), shape.Encoder, parameters);
        Mean = NetworkSteps.Dense(hidden, head, 0, shape.LatentDimension);
        LogVariance = new ClampNode(
            NetworkSteps.Dense(hidden, head, shape.LatentDimension, shape.LatentDimension),
            VaeOptions.SmallestLogVariance, VaeOptions.LargestLogVariance);
    }

    /// <summary>μ.</summary>
    public ScoringNode Mean { get; }

    /// <summary>log σ².</summary>
    public ScoringNode LogVariance { get; }

    /// <summary>½ Σ (μ² + σ² − 1 − log σ²).</summary>
    public ScoringNode KullbackLeibler()
    {
        var square = new ArithmeticNode(ScoringArithmetic.Multiply, Mean, Mean);
        var variance = new FunctionNode(ScoringFunction.Exp, LogVariance);
        var difference = new ArithmeticNode(ScoringArithmetic.Subtract, variance, LogVariance);
        var sum = new ReductionNode(ScoringReduction.Sum, new ArithmeticNode(ScoringArithmetic.Add, square, difference));
        return new AffineNode(sum, [0.5], [-0.5 * Mean.Width]);
    }
}
