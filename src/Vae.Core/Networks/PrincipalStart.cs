using Vae.Data;
using Vae.Options;

namespace Vae.Networks;

/// <summary>
/// Weights with which encoder and decoder are probabilistic PCA: nothing but the weights differs from a random start.
/// </summary>
internal static class PrincipalStart
{
    /// <summary>A probability at which a logit begins is at least this far from 0 and 1.</summary>
    private const double SmallestProbability = 0.01;

    /// <summary>The largest number of components that the networks can carry; 0 where training is to begin at random.</summary>
    public static int LargestCount(NetworkShape shape, VaeOptions options) =>
        options.InitialWeights == InitialWeightsKind.Random || options.BatchNormalization || options.HiddenLayers.Count == 0
        || shape.ConditionSlotCount > 0 || options.Standardization == StandardizationMethod.MedianAndRange ? 0
        : Math.Min(Math.Min(shape.LatentDimension, shape.SlotCount), options.HiddenLayers.Min() / 2);

    /// <summary>Overwrites what the components need of weights that were initialized at random.</summary>
    public static void Apply(VaeParameters parameters, FeatureLayout layout, VaeOptions options, PrincipalAxes axes)
    {
        var weights = parameters.Weights;
        Encoder(new ComponentPath(weights, parameters.Shape.Encoder, axes.Count), parameters.Shape.LatentDimension, axes);
        Decoder(new ComponentPath(weights, parameters.Shape.Decoder, axes.Count), layout, options.OneHotLikelihood, axes);
        if (weights.Layout.Contains(TensorNames.LogNoiseScale))
            weights.Row(TensorNames.LogNoiseScale).Fill((float)(0.5 * Math.Log(axes.NoiseVariance)));
        if (parameters.Shape.Buffers.Contains(TensorNames.MeanSquaredError))
            parameters.Buffers.Row(TensorNames.MeanSquaredError).Fill((float)axes.NoiseVariance);
    }

    /// <summary>μ_d = g_d/λ_d · u_dᵀ(x − m).</summary>
    private static void Encoder(ComponentPath path, int dimension, PrincipalAxes axes)
    {
        for (int d = 0; d < axes.Count; d++)
        {
            double gain = axes.Gain(d) / axes.Variances[d];
            double constant = 0;
            for (int slot = 0; slot < axes.Mean.Length; slot++)
            {
                path.SetInput(slot, d, gain * axes.Directions[d][slot]);
                constant -= gain * axes.Directions[d][slot] * axes.Mean[slot];
            }

            path.SetConstant(d, constant);
            path.SetOutput(d, d, 1);
            path.SetOutputConstant(dimension + d, axes.LogVariance(d));
        }
    }

    /// <summary>x̂ = m + Σ_d g_d·z_d·u_d; for a logit its linear part around the mean.</summary>
    private static void Decoder(ComponentPath path, FeatureLayout layout, OneHotLikelihoodKind likelihood, PrincipalAxes axes)
    {
        for (int d = 0; d < axes.Count; d++)
            path.SetInput(d, d, 1);
        for (int slot = 0; slot < layout.SlotCount; slot++)
        {
            var (output, slope) = AtMean(layout.GetGroup(slot).Kind, likelihood, axes.Mean[slot]);
            path.SetOutputConstant(slot, output);
            for (int d = 0; d < axes.Count; d++)
                path.SetOutput(d, slot, slope * axes.Gain(d) * axes.Directions[d][slot]);
        }
    }

    /// <summary>The network's output for a slot at its mean, and how steeply it follows the slot there.</summary>
    private static (double Output, double Slope) AtMean(FeatureKind kind, OneHotLikelihoodKind likelihood, double mean)
    {
        if (kind == FeatureKind.Numeric) return (mean, 1);
        double p = Math.Clamp(mean, SmallestProbability, 1 - SmallestProbability);
        return kind == FeatureKind.OneHot && likelihood == OneHotLikelihoodKind.Categorical
            ? (Math.Log(p), 1 / p)
            : (Math.Log(p / (1 - p)), 1 / (p * (1 - p)));
    }
}
