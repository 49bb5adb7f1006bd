using Vae.Data;
using Vae.Numerics.Elementwise;
using Vae.Numerics.RandomNumbers;
using Vae.Options;

namespace Vae.Imputation;

/// <summary>What one model says of a row's gaps at K draws of z. One per thread.</summary>
internal sealed class PartDraws
{
    private readonly ImputerPart _part;
    private readonly ulong _seed;
    private readonly bool _isMedian;
    private readonly PosteriorDraws _draws;
    private readonly ConditionalNoise _noise;
    private readonly RowPreparation _preparation;
    private readonly int[] _slots;
    private readonly bool[] _observed;
    private readonly double[] _errors;
    private readonly double[] _deviations;
    private readonly float[] _pointNoise;
    private readonly float[] _latentNoise;
    private readonly float[] _numberNoise;
    private readonly float[] _clean;

    public PartDraws(ImputerPart part, ImputationOptions options, ulong seed)
    {
        _part = part;
        _seed = seed;
        _isMedian = options.Numbers == NumberImputation.Median;
        _draws = new PosteriorDraws(part, options.Samples);
        _noise = ConditionalNoise.Of(part.Noise);
        _preparation = new RowPreparation(part.Model.Layout);
        _slots = part.NoiseSlots;
        _observed = new bool[_slots.Length];
        _errors = new double[_slots.Length];
        _deviations = new double[part.Noise.Numbers];
        _latentNoise = new float[options.Samples * part.Model.LatentDimension];
        _numberNoise = new float[options.Samples * part.Noise.Numbers];
        _pointNoise = new float[_latentNoise.Length + _numberNoise.Length];
        _clean = new float[part.Model.Layout.RowWidth];
        CounterRandom.FillNormal(seed, RandomStreams.Imputation, 0, _pointNoise);
    }

    /// <summary>Checks a row.</summary>
    /// <exception cref="ArgumentException">The row is not valid; the message names the slot and the row.</exception>
    public void Check(ReadOnlySpan<float> row, long number)
    {
        row.CopyTo(_clean);
        _preparation.Clean(_clean, number);
    }

    /// <summary>Draws for a row.</summary>
    /// <param name="row">The row in original units.</param>
    /// <param name="number">Its number, for messages.</param>
    /// <param name="place">
    /// Where in the random stream to draw with noise; null draws with the same numbers for every row, and with noise only as far as a point
    /// value needs it.
    /// </param>
    /// <param name="weights">Receives the weights of the draws, of sum 1 [K].</param>
    /// <param name="values">
    /// Receives, for each draw, the row's gaps in original units and the probabilities of categories [K × D]; what stands in the slots of
    /// observed values means nothing.
    /// </param>
    public void Sample(ReadOnlySpan<float> row, long number, ulong? place, Span<double> weights, Span<float> values)
    {
        var noise = _pointNoise.AsSpan();
        if (place is { } start)
        {
            CounterRandom.FillNormal(_seed, RandomStreams.Imputation, start, _latentNoise);
            CounterRandom.FillNormal(_seed, RandomStreams.Imputation, start + (1 << 23), _numberNoise);
        }
        else
        {
            noise[.._latentNoise.Length].CopyTo(_latentNoise);
            noise[_latentNoise.Length..].CopyTo(_numberNoise);
        }

        _draws.Draw(row, number, _latentNoise);
        for (int i = 0; i < _slots.Length; i++)
            _observed[i] = _draws.Mask[_slots[i]] != 0;
        _noise.SetMask(_observed, _part.Noise.Numbers);
        for (int i = 0; i < _noise.Missing.Length; i++)
            _deviations[i] = Math.Sqrt(Math.Max(0, _noise.Covariance(i, i)));
        int width = _part.Model.Layout.SlotCount;
        for (int sample = 0; sample < weights.Length; sample++)
        {
            var expected = _draws.Expected(sample);
            weights[sample] = _draws.LogWeights[sample] + Condition(expected);
            AddNoise(sample, expected, place is not null);
            if (!FiniteNumbers.All(expected) || !double.IsFinite(weights[sample])) Discard(expected, ref weights[sample]);
            expected.CopyTo(values.Slice(sample * width, width));
            _part.Decoder.ToOriginalUnits(values.Slice(sample * width, width));
        }

        ImportanceWeights.Normalize(weights);
    }

    /// <summary>Moves the missing numbers to their means given the observed ones, whose log-density it returns.</summary>
    private double Condition(Span<float> expected)
    {
        var errors = _errors.AsSpan(0, _noise.Observed.Length);
        for (int i = 0; i < errors.Length; i++)
        {
            int slot = _slots[_noise.Observed[i]];
            errors[i] = (double)_draws.Targets[slot] - expected[slot];
        }

        double logDensity = _noise.LogDensity(errors);
        for (int i = 0; i < _noise.Missing.Length; i++)
            expected[_slots[_noise.Missing[i]]] += (float)_noise.Expect(i);
        return logDensity;
    }

    /// <summary>A latent vector so far out that what the decoder says there is no number has no weight.</summary>
    private static void Discard(Span<float> expected, ref double logWeight)
    {
        expected.Clear();
        logWeight = double.NegativeInfinity;
    }

    private void AddNoise(int sample, Span<float> expected, bool isDraw)
    {
        int count = _noise.Missing.Length;
        var normals = _numberNoise.AsSpan(sample * _part.Noise.Numbers, count);
        if (isDraw)
        {
            for (int i = 0; i < count; i++)
                _errors[i] = normals[i];
            _noise.Correlate(_errors.AsSpan(0, count));
            for (int i = 0; i < count; i++)
                expected[_slots[_noise.Missing[i]]] += (float)_errors[i];
            return;
        }

        // A mean in original units takes noise only where they are no linear function of the standardized ones.
        for (int i = 0; i < count; i++)
        {
            int slot = _slots[_noise.Missing[i]];
            if (_isMedian || _part.Model.Standardization.MapOf(slot) is not null) expected[slot] += (float)(_deviations[i] * normals[i]);
        }
    }
}
