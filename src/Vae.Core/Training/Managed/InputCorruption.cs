using Vae.Data;
using Vae.Losses;
using Vae.Numerics;
using Vae.Numerics.RandomNumbers;
using Vae.Options;

namespace Vae.Training.Managed;

/// <summary>
/// The encoder's input of a denoising VAE (Vincent et al. 2008): in training a corrupted copy of the rows, with Gaussian noise on
/// observed numeric values and with some groups' values hidden.
/// </summary>
internal sealed class InputCorruption(FeatureLayout layout, VaeOptions options, Minibatch minibatch) : Pass
{
    private readonly FeatureGroup[] _groups = [.. layout.Groups];
    private readonly float _noise = (float)options.InputNoise;
    private readonly float _masking = (float)options.InputMasking;
    private readonly Matrix _random = new(minibatch.RowWeights.Length, layout.RowWidth);

    /// <summary>What the encoder sees.</summary>
    public Matrix Corrupted { get; } = new(minibatch.RowWeights.Length, layout.RowWidth);

    public override void Forward(StepInfo step, int first, int count)
    {
        for (int row = first; row < first + count; row++)
        {
            var corrupted = Corrupted.Row(row);
            minibatch.Rows.Row(row).CopyTo(corrupted);
            if (!step.Training) continue;
            var random = _random.Row(row);
            ulong element = ((ulong)step.Number * (ulong)Corrupted.Rows + (ulong)row) * (ulong)Corrupted.Stride;
            if (_noise > 0)
            {
                CounterRandom.FillNormal(step.Seed, RandomStreams.InputNoise, element, random);
                AddNoise(corrupted, minibatch.Mask(row), random);
            }

            if (_masking > 0)
            {
                CounterRandom.FillUniform(step.Seed, RandomStreams.InputMasking, element, random);
                Hide(corrupted, random);
            }
        }
    }

    private void AddNoise(Span<float> corrupted, ReadOnlySpan<float> mask, ReadOnlySpan<float> normal)
    {
        foreach (var group in _groups)
        {
            if (group.Kind != FeatureKind.Numeric) continue;
            for (int slot = group.Start; slot < group.End; slot++)
            {
                if (mask.IsEmpty || mask[slot] != 0) corrupted[slot] += _noise * normal[slot];
            }
        }
    }

    private void Hide(Span<float> corrupted, ReadOnlySpan<float> uniform)
    {
        foreach (var group in _groups)
        {
            if (group.Kind == FeatureKind.OneHot)
            {
                if (uniform[group.Start] < _masking) corrupted.Slice(group.Start, group.Length).Clear();
                continue;
            }

            for (int slot = group.Start; slot < group.End; slot++)
            {
                if (uniform[slot] < _masking) corrupted[slot] = 0;
            }
        }
    }
}
