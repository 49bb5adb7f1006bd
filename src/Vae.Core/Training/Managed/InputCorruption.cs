using Vae.Data;
using Vae.Numerics;
using Vae.Numerics.RandomNumbers;
using Vae.Options;

namespace Vae.Training.Managed;

/// <summary>
/// The encoder's input in training: the rows themselves or, for a denoising VAE (Vincent et al. 2008), a corrupted copy with Gaussian noise on
/// observed numeric values and with some groups' values hidden.
/// </summary>
internal sealed class InputCorruption
{
    private readonly FeatureGroup[] _groups;
    private readonly float _noise;
    private readonly float _masking;
    private readonly Matrix _rows;
    private readonly Matrix? _mask;
    private readonly StepState _state;
    private readonly Matrix _random;

    /// <param name="layout">What the slots of a row mean.</param>
    /// <param name="options">How much to corrupt.</param>
    /// <param name="rows">The rows of the minibatch.</param>
    /// <param name="mask">1 where a modelled value was observed and 0 where it is missing; null if nothing is missing.</param>
    /// <param name="corrupted">Receives what the encoder sees.</param>
    /// <param name="state">The step.</param>
    public InputCorruption(FeatureLayout layout, VaeOptions options, Matrix rows, Matrix? mask, Matrix corrupted, StepState state)
    {
        _groups = [.. layout.Groups];
        _noise = (float)options.InputNoise;
        _masking = (float)options.InputMasking;
        _rows = rows;
        _mask = mask;
        Corrupted = corrupted;
        _state = state;
        _random = new Matrix(corrupted.Rows, corrupted.Columns);
    }

    /// <summary>Whether the options ask for any corruption.</summary>
    public static bool IsWanted(VaeOptions options) => options.InputNoise > 0 || options.InputMasking > 0;

    /// <summary>What the encoder sees.</summary>
    public Matrix Corrupted { get; }

    /// <summary>Writes some rows of <see cref="Corrupted"/>.</summary>
    public void Apply(int first, int count)
    {
        for (int row = first; row < first + count; row++)
        {
            var corrupted = Corrupted.Row(row);
            _rows.Row(row).CopyTo(corrupted);
            if (!_state.Training) continue;
            var random = _random.Row(row);
            ulong element = ((ulong)_state.Step * (ulong)Corrupted.Rows + (ulong)row) * (ulong)Corrupted.Stride;
            if (_noise > 0) AddNoise(corrupted, _mask is null ? default : _mask.Row(row), random, element);
            if (_masking > 0) Mask(corrupted, random, element);
        }
    }

    private void AddNoise(Span<float> corrupted, ReadOnlySpan<float> mask, Span<float> random, ulong element)
    {
        CounterRandom.FillNormal(_state.Seed, RandomStreams.InputNoise, element, random);
        foreach (var group in _groups)
        {
            if (group.Kind != FeatureKind.Numeric) continue;
            for (int slot = group.Start; slot < group.End; slot++)
            {
                if (mask.IsEmpty || mask[slot] != 0) corrupted[slot] += _noise * random[slot];
            }
        }
    }

    private void Mask(Span<float> corrupted, Span<float> random, ulong element)
    {
        CounterRandom.FillUniform(_state.Seed, RandomStreams.InputMasking, element, random);
        foreach (var group in _groups)
        {
            if (group.Kind == FeatureKind.OneHot)
            {
                if (random[group.Start] < _masking) corrupted.Slice(group.Start, group.Length).Clear();
                continue;
            }

            for (int slot = group.Start; slot < group.End; slot++)
            {
                if (random[slot] < _masking) corrupted[slot] = 0;
            }
        }
    }
}
