using Vae.Data;
using Vae.Inference;
using Vae.Numerics.RandomNumbers;
using Vae.Options;

namespace Vae.Synthesis;

/// <summary>
/// New rows of a trained model, any number of them: <see cref="VaeModel.Synthesize"/>. Row n depends on the seed and n alone. Thread-safe.
/// </summary>
public sealed class RowSynthesizer
{
    /// <summary>How many draws the marginals are matched by: their distribution function is known to about 0.004.</summary>
    private const int MatchingRows = 1 << 14;

    /// <summary>A table of more than 2,048 numbers a row is matched by fewer draws.</summary>
    private const int MostMatchedValues = 1 << 25;

    /// <summary>Candidates worth fewer draws than this would repeat themselves.</summary>
    private const int FewestDraws = 10;

    /// <summary>A row may use so many random numbers for z and as many for x | z.</summary>
    private const int PlacesPerRow = 1 << 24;

    private readonly RowSampler _sampler;
    private readonly DependentNoise? _noise;
    private readonly RowDecoder _decoder;
    private readonly Standardization _standardization;
    private readonly LatentDistribution _latents;
    private readonly RowConditions _conditions;
    private readonly CandidateLatents? _candidates;
    private readonly MarginalMatch?[] _matches;
    private readonly ulong _seed;

    internal RowSynthesizer(
        RowEncoder encoder, RowDecoder decoder, Standardization standardization, LatentMixture? mixture, DependentNoise? noise,
        SynthesisOptions options)
    {
        options.Validate();
        if (options.Latents == LatentSource.Mixture && mixture is null)
        {
            throw new ArgumentException(
                $"The model has no mixture: train it with {nameof(VaeOptions)}.{nameof(VaeOptions.MixtureComponents)} > 0, "
                + $"or draw from the prior.", nameof(options));
        }

        _decoder = decoder;
        _sampler = new RowSampler(decoder);
        _noise = options.DependentNoise ? noise : null;
        _standardization = standardization;
        _seed = (ulong)options.Seed;
        _latents = new LatentDistribution(decoder.LatentDimension, options.Latents == LatentSource.Prior ? null : mixture);
        _conditions = new RowConditions(decoder.Layout, standardization, options.Where);
        _matches = new MarginalMatch?[Layout.SlotCount];
        if (options.MatchMarginals && Layout.ConditionSlotCount == 0) MatchMarginals(_matches);
        if (_conditions.Modelled.Length == 0) return;
        _candidates = new CandidateLatents(
            encoder, decoder, _latents, UnmatchedConditions(), new PhiloxRandom(_seed, RandomStreams.Latents));
        if (_candidates.EffectiveCount >= FewestDraws) return;
        throw new ArgumentException(
            $"Rows with {_conditions.Description} are so improbable to the model that it cannot draw different ones. Give fewer columns, "
            + "or train a model that is conditioned on them.", nameof(options));
    }

    /// <summary>What the slots of a row mean.</summary>
    public FeatureLayout Layout => _decoder.Layout;

    /// <summary>
    /// How many independent draws of z the candidates for <see cref="SynthesisOptions.Where"/> are worth; infinite where no modelled column
    /// is given. More rows than that share latent vectors, though not their noise.
    /// </summary>
    public double EffectiveDraws => _candidates?.EffectiveCount ?? double.PositiveInfinity;

    /// <summary>Draws rows.</summary>
    /// <param name="first">The number of the first row; not negative.</param>
    /// <param name="rows">
    /// Receives n × <see cref="FeatureLayout.RowWidth"/> values in original units, nothing missing, one category in each one-hot group,
    /// numbers on the grid and in the range of the training rows'.
    /// </param>
    /// <exception cref="ArgumentException">The span is not a whole number of rows.</exception>
    public void Draw(long first, Span<float> rows)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        if (rows.Length % Layout.RowWidth != 0)
            throw new ArgumentException($"{rows.Length} values are not a whole number of rows of {Layout.RowWidth} slots.", nameof(rows));
        int count = rows.Length / Layout.RowWidth;
        using var scratch = new Scratch<float>(RowEncoder.BlockRows * (Layout.SlotCount + Layout.ConditionSlotCount + _latents.Dimension));
        var random = new PhiloxRandom(_seed, RandomStreams.NewRows);
        for (int done = 0; done < count; done += RowEncoder.BlockRows)
        {
            int size = Math.Min(RowEncoder.BlockRows, count - done);
            var rest = scratch.Values;
            var scores = rest.Take(size * Layout.SlotCount);
            DrawScores(first + done, size, scores, random, rest);
            for (int i = 0; i < size; i++)
                Finish(scores.Slice(i * Layout.SlotCount, Layout.SlotCount), rows.Slice((done + i) * Layout.RowWidth, Layout.RowWidth));
        }
    }

    /// <summary>Draws rows in standardized units, without conditions.</summary>
    private void DrawScores(long first, int count, Span<float> scores, PhiloxRandom random, Span<float> scratch)
    {
        int dimension = _latents.Dimension;
        var latents = scratch.Take(count * dimension);
        for (int i = 0; i < count; i++)
        {
            random.MoveTo((ulong)(first + i) * PlacesPerRow);
            var latent = latents.Slice(i * dimension, dimension);
            if (_candidates is null)
                _latents.Draw(latent, random);
            else
                _candidates.Draw(latent, random);
        }

        var conditions = scratch.Take(count * Layout.ConditionSlotCount);
        for (int i = 0; i < count; i++)
            _conditions.Row.AsSpan(Layout.SlotCount).CopyTo(conditions[(i * Layout.ConditionSlotCount)..]);
        _decoder.Expect(latents, conditions, count, scores);
        for (int i = 0; i < count; i++)
        {
            random.MoveTo((ulong)(first + i) * PlacesPerRow + PlacesPerRow / 2);
            var row = scores.Slice(i * Layout.SlotCount, Layout.SlotCount);
            if (_noise is null)
                _sampler.Draw(row, random);
            else
                _noise.Draw(row, random);
        }
    }

    /// <summary>Turns scores into a row: matched, in original units, on the grid, with what was given.</summary>
    private void Finish(Span<float> scores, Span<float> row)
    {
        for (int slot = 0; slot < scores.Length; slot++)
        {
            if (_matches[slot] is { } match) scores[slot] = match.Apply(scores[slot]);
        }

        _decoder.ToOriginalUnits(scores);
        scores.CopyTo(row);
        _conditions.Row.AsSpan(Layout.SlotCount).CopyTo(row[Layout.SlotCount..]);
        for (int slot = 0; slot < scores.Length; slot++)
        {
            if (_standardization.RangeOf(slot) is { } range) row[slot] = range.Nearest(row[slot]);
        }

        foreach (var feature in _conditions.Modelled)
            feature.Of(_conditions.Row.AsSpan()).CopyTo(feature.Of(row));
    }

    /// <summary>What is given, as the model itself would have drawn it before its marginals were matched.</summary>
    private float[] UnmatchedConditions()
    {
        float[] row = [.. _conditions.Row];
        for (int slot = 0; slot < Layout.SlotCount; slot++)
        {
            if (_matches[slot] is not { } match || _standardization.MapOf(slot) is not { } map || float.IsNaN(row[slot])) continue;
            row[slot] = (float)map.Value(match.Undo(map.Score(row[slot])));
        }

        return row;
    }

    private void MatchMarginals(MarginalMatch?[] matches)
    {
        int[] slots = [.. Layout.NumericSlots.Where(slot => _standardization.MapOf(slot) is not null)];
        if (slots.Length == 0) return;
        int count = Math.Clamp(MostMatchedValues / slots.Length / RowEncoder.BlockRows * RowEncoder.BlockRows, 1 << 10, MatchingRows);
        var draws = Array.ConvertAll(slots, _ => new float[count]);
        var random = new PhiloxRandom(0, RandomStreams.Latents);
        using var scratch = new Scratch<float>(RowEncoder.BlockRows * (Layout.SlotCount + _latents.Dimension));
        for (int first = 0; first < count; first += RowEncoder.BlockRows)
        {
            var rest = scratch.Values;
            var scores = rest.Take(RowEncoder.BlockRows * Layout.SlotCount);
            DrawScores(first, RowEncoder.BlockRows, scores, random, rest);
            for (int i = 0; i < slots.Length; i++)
            {
                for (int row = 0; row < RowEncoder.BlockRows; row++)
                    draws[i][first + row] = scores[row * Layout.SlotCount + slots[i]];
            }
        }

        for (int i = 0; i < slots.Length; i++)
            matches[slots[i]] = new MarginalMatch(draws[i]);
    }
}
