using Vae.Networks;
using Vae.Options;

namespace Vae.Losses.Noise;

/// <summary>log s is a parameter like the weights, held at or above log <see cref="NoiseScaleOptions.Minimum"/> after each step.</summary>
internal sealed class LearnedNoiseUpdate(SlotScales levels, TensorSet weights, TensorSet gradients) : NoiseScaleUpdate
{
    private static readonly float Smallest = (float)Math.Log(NoiseScaleOptions.Minimum);

    public override bool NeedsScaleGradient => true;

    public override void TakeScaleGradient(ReadOnlySpan<double> bySlot)
    {
        var gradient = gradients.Row(TensorNames.LogNoiseScale);
        var slots = levels.NumericSlots;
        if (gradient.Length == slots.Length)
        {
            for (int i = 0; i < slots.Length; i++)
                gradient[i] = (float)bySlot[slots[i]];
            return;
        }

        double sum = 0;
        foreach (int slot in slots)
            sum += bySlot[slot];
        gradient[0] = (float)sum;
    }

    public override void AfterUpdate()
    {
        foreach (ref float log in weights.Row(TensorNames.LogNoiseScale))
            log = MathF.Max(log, Smallest);
    }
}
