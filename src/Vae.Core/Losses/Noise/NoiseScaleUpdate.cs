using Vae.Data;
using Vae.Networks;
using Vae.Options;

namespace Vae.Losses.Noise;

/// <summary>How the noise scale moves in training: what it needs from a step and what it does after it.</summary>
internal abstract class NoiseScaleUpdate
{
    /// <summary>Whether the step must give <see cref="TakeScaleGradient"/> the gradient by log s.</summary>
    public virtual bool NeedsScaleGradient => false;

    /// <summary>Whether the step must give <see cref="TakeSquaredError"/> the squared error.</summary>
    public virtual bool NeedsSquaredError => false;

    /// <summary>Takes ∂L/∂log s by slot of the row, summed over the minibatch, and turns it into the parameter's gradient.</summary>
    public virtual void TakeScaleGradient(ReadOnlySpan<double> bySlot)
    {
    }

    /// <summary>Takes the mean squared error of the minibatch's observed numeric values.</summary>
    public virtual void TakeSquaredError(double meanSquaredError)
    {
    }

    /// <summary>Called after each optimizer step.</summary>
    public virtual void AfterUpdate()
    {
    }

    /// <summary>The rule that the options ask for.</summary>
    public static NoiseScaleUpdate Create(FeatureLayout layout, VaeOptions options, VaeParameters parameters, TensorSet gradients)
    {
        if (layout.Groups.All(group => group.Kind != FeatureKind.Numeric)) return new FixedNoiseUpdate();
        return options.NoiseScale switch
        {
            LearnedNoiseScale => new LearnedNoiseUpdate(new SlotScales(layout), parameters.Weights, gradients),
            ComputedNoiseScale => new ComputedNoiseUpdate(parameters.Buffers),
            _ => new FixedNoiseUpdate(),
        };
    }
}
