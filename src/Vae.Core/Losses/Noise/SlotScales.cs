using Vae.Data;
using Vae.Networks;
using Vae.Options;

namespace Vae.Losses.Noise;

/// <summary>The noise scale s of every numeric slot at one moment, as the likelihoods need it: log s and 1/s, by slot of the row.</summary>
internal sealed class SlotScales(FeatureLayout layout)
{
    private readonly int[] _numericSlots = layout.NumericSlots;

    /// <summary>log s of each slot; 0 where the slot is not numeric.</summary>
    public float[] Logs { get; } = new float[layout.SlotCount];

    /// <summary>1/s of each slot, at most the largest float; 1 where the slot is not numeric.</summary>
    public float[] Reciprocals { get; } = [.. Enumerable.Repeat(1f, layout.SlotCount)];

    /// <summary>The slots that have a noise scale, in order.</summary>
    public ReadOnlySpan<int> NumericSlots => _numericSlots;

    /// <summary>The geometric mean of the slots' scales; NaN without numeric slots.</summary>
    public double Scale
    {
        get
        {
            double sum = 0;
            foreach (int slot in _numericSlots)
                sum += Logs[slot];
            return Math.Exp(sum / _numericSlots.Length);
        }
    }

    /// <summary>Takes the scales from where the options keep them.</summary>
    public void Read(NoiseScaleOptions options, TensorSet weights, TensorSet buffers)
    {
        if (_numericSlots.Length == 0) return;
        switch (options)
        {
            case FixedNoiseScale given:
                Set([(float)Math.Log(given.Scale)]);
                break;
            case ComputedNoiseScale:
                Set([0.5f * MathF.Log(MathF.Max(buffers.Row(TensorNames.MeanSquaredError)[0], (float)ComputedNoiseScale.MinimumSquare))]);
                break;
            default:
                Set(weights.Row(TensorNames.LogNoiseScale));
                break;
        }
    }

    /// <summary>Sets log s: one value for all numeric slots, or one for each.</summary>
    public void Set(ReadOnlySpan<float> logs)
    {
        for (int i = 0; i < _numericSlots.Length; i++)
        {
            float log = logs.Length == 1 ? logs[0] : logs[i];
            Logs[_numericSlots[i]] = log;
            Reciprocals[_numericSlots[i]] = MathF.Min(MathF.Exp(-log), float.MaxValue);
        }
    }
}
