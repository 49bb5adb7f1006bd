using Vae.Data;
using Vae.Networks;
using Vae.Options;

namespace Vae.Losses.Noise;

/// <summary>
/// How the noise scale moves in training. A learned log s is a parameter like the weights, held at or above its minimum after each step.
/// Of a computed s = √m, each step changes m.
/// </summary>
internal sealed class NoiseScaleUpdate(FeatureLayout layout, VaeOptions options, VaeParameters parameters, TensorSet gradients)
{
    private readonly float _smallestLog = (float)Math.Log(options.SmallestLearnedScale);
    private readonly int[] _slots = layout.NumericSlots;

    /// <summary>Whether the step must give <see cref="TakeScaleGradient"/> the gradient by log s.</summary>
    public bool NeedsScaleGradient { get; } = layout.NumericSlots.Length > 0 && options.NoiseScale is LearnedNoiseScale;

    /// <summary>Whether the step must give <see cref="TakeSquaredError"/> the squared error.</summary>
    public bool NeedsSquaredError { get; } = layout.NumericSlots.Length > 0 && options.NoiseScale is ComputedNoiseScale;

    /// <summary>Takes ∂L/∂log s by slot of the row, summed over the minibatch, and turns it into the parameter's gradient.</summary>
    public void TakeScaleGradient(ReadOnlySpan<double> bySlot)
    {
        var gradient = gradients.Row(TensorNames.LogNoiseScale);
        if (gradient.Length == _slots.Length)
        {
            for (int i = 0; i < _slots.Length; i++)
                gradient[i] = (float)bySlot[_slots[i]];
            return;
        }

        double sum = 0;
        foreach (int slot in _slots)
            sum += bySlot[slot];
        gradient[0] = (float)sum;
    }

    /// <summary>Takes the mean squared error of the minibatch's observed numeric values: m ← min(m, 0.99·m + 0.01·MSE).</summary>
    public void TakeSquaredError(double meanSquaredError)
    {
        ref float m = ref parameters.Buffers.Row(TensorNames.MeanSquaredError)[0];
        m = (float)Math.Min(m, ComputedNoiseScale.Kept * m + ComputedNoiseScale.Taken * meanSquaredError);
    }

    /// <summary>Called after each optimizer step.</summary>
    public void AfterUpdate()
    {
        if (!NeedsScaleGradient) return;
        foreach (ref float log in parameters.Weights.Row(TensorNames.LogNoiseScale))
            log = MathF.Max(log, _smallestLog);
    }
}
