using System.Numerics.Tensors;
using Vae.Data;
using Vae.Inference;
using Vae.Losses.Latent;
using Vae.Losses.Reconstruction;

namespace Vae.Explanation;

/// <summary>
/// Describes rows by one model. Each feature is hidden from the encoder in turn, and the decoder says what is expected of it. Immutable.
/// </summary>
internal sealed class RowDescriber(RowEvaluator evaluator, RowDecoder decoder)
{
    private const int BlockFeatures = RowEncoder.BlockRows;
    private const int MostCandidates = 64;

    private readonly FeatureLayout _layout = decoder.Layout;
    private readonly Likelihood? _numeric = decoder.Likelihoods.FirstOrDefault(likelihood => !double.IsNaN(likelihood.Variance));

    /// <summary>Describes some features of a row.</summary>
    /// <param name="row">The row in original units.</param>
    /// <param name="number">The row's number, for messages; negative if it has none.</param>
    /// <param name="request">Which features, and how.</param>
    /// <param name="costs">What a feature costs besides its terms, by its first slot; or empty.</param>
    /// <exception cref="ArgumentException">The row is not valid; the message names the slot and the row.</exception>
    public ModelDescription Describe(ReadOnlySpan<float> row, long number, DescriptionRequest request, ReadOnlySpan<float> costs = default)
    {
        float score = 0;
        float[] cells = new float[_layout.SlotCount];
        float[] means = new float[evaluator.LatentDimension];
        float[] logVariances = new float[means.Length];
        evaluator.Evaluate(
            row, 1, new RowOutputs { Means = means, LogVariances = logVariances, Scores = new(ref score), CellScores = cells }, number,
            new float[evaluator.ScratchLength(1)]);
        float[] standardized = new float[row.Length];
        evaluator.Standardization.Apply(row, standardized);

        var features = new List<FeatureExpectation>(request.Features.Count);
        foreach (var block in request.Features.Chunk(BlockFeatures))
        {
            var hidden = Hide(row, block, request.Hidden);
            float[] excesses = Excesses(row, score, block, hidden, request.Hidden);
            for (int i = 0; i < block.Length; i++)
            {
                var feature = block[i];
                float cost = costs.IsEmpty ? 0 : costs[feature.Start];
                float share = TensorPrimitives.Sum(feature.Of(cells.AsSpan())) + cost;
                float[] expected = [.. feature.Of(hidden.Expected(i))];
                float[] probabilities = [];
                var (low, high) = (float.NaN, float.NaN);
                if (feature.Kind == FeatureKind.Numeric)
                    (low, high) = Interval(feature.Start, hidden, i, standardized[feature.Start], request);
                else
                    probabilities = Probabilities(feature, hidden, i, row, request);
                features.Add(new FeatureExpectation(expected, probabilities, low, high, share, excesses[i] + cost));
            }
        }

        float surcharge = costs.IsEmpty ? 0 : TensorPrimitives.Sum(costs);
        return new ModelDescription(score + surcharge, KullbackLeibler.Of(means, logVariances), features);
    }

    /// <summary>What to ask for reasons: in a wide table only of the features with the largest parts of the score.</summary>
    public DescriptionRequest ForReasons(ReadOnlySpan<float> row, long number, double level)
    {
        var features = _layout.Features;
        if (features.Count > MostCandidates)
        {
            float[] cells = new float[_layout.SlotCount];
            evaluator.Evaluate(row, 1, new RowOutputs { CellScores = cells }, number, new float[evaluator.ScratchLength(1)]);
            features =
            [
                .. features.OrderByDescending(feature => TensorPrimitives.Sum(feature.Of(cells.AsSpan()))).Take(MostCandidates),
            ];
        }

        return new DescriptionRequest(features, level) { ForReasons = true };
    }

    /// <summary>Encodes a row as if one feature after the other were missing, and decodes what is expected then.</summary>
    private HiddenFeatures Hide(ReadOnlySpan<float> row, Feature[] block, IReadOnlyCollection<Feature> others)
    {
        float[] rows = Repeat(row, block.Length);
        for (int i = 0; i < block.Length; i++)
        {
            var own = rows.AsSpan(i * row.Length, row.Length);
            block[i].Of(own).Fill(float.NaN);
            foreach (var other in others)
                other.Of(own).Fill(float.NaN);
        }

        float[] means = new float[block.Length * evaluator.LatentDimension];
        float[] logVariances = new float[means.Length];
        evaluator.Evaluate(rows, block.Length, new RowOutputs { Means = means, LogVariances = logVariances });
        float[] conditions = Repeat(row[_layout.SlotCount..], block.Length);
        float[] standardized = new float[block.Length * _layout.SlotCount];
        decoder.Expect(means, conditions, block.Length, standardized);
        float[] expected = [.. standardized];
        for (int i = 0; i < block.Length; i++)
            decoder.ToOriginalUnits(expected.AsSpan(i * _layout.SlotCount, _layout.SlotCount));
        return new HiddenFeatures(_layout, means, logVariances, standardized, expected, conditions);
    }

    /// <summary>How much lower the score is with each feature's expected value in the place of its own.</summary>
    private float[] Excesses(
        ReadOnlySpan<float> row, float score, Feature[] block, HiddenFeatures hidden, IReadOnlyCollection<Feature> others)
    {
        float[] filled = Repeat(row, block.Length);
        float[] restored = Repeat(row, block.Length);
        for (int i = 0; i < block.Length; i++)
        {
            var expected = hidden.Expected(i);
            var own = filled.AsSpan(i * row.Length, row.Length);
            if (block[i].IsObserved(row)) FeatureExpectation.Fill(block[i], expected, own);
            foreach (var other in others)
            {
                FeatureExpectation.Fill(other, expected, own);
                if (other != block[i]) FeatureExpectation.Fill(other, expected, restored.AsSpan(i * row.Length, row.Length));
            }
        }

        float[] scores = Scores(filled, block.Length);
        float[] before = others.Count > 0 ? Scores(restored, block.Length) : Repeat([score], block.Length);
        TensorPrimitives.Subtract(before, scores, scores);
        return scores;
    }

    private float[] Scores(float[] rows, int count)
    {
        float[] scores = new float[count];
        evaluator.Evaluate(rows, count, new RowOutputs { Scores = scores });
        return scores;
    }

    /// <summary>
    /// x̂ ± the quantile of the decoder's distribution, with the variance of the noise and that of x̂ over the posterior. For reasons alone
    /// the posterior is left out where the value is expected without it.
    /// </summary>
    private (float Low, float High) Interval(int slot, HiddenFeatures hidden, int index, float value, DescriptionRequest request)
    {
        double expected = hidden.Standardized(index)[slot];
        double noise = Math.Exp(decoder.Noise.Logs[slot]);
        double quantile = _numeric!.UpperQuantile((1 - request.Level) / 2);
        double half = quantile * noise;
        if (!request.ForReasons || Math.Abs(value - expected) > half)
        {
            float[] rows = DecodePosterior(hidden, index);
            double variance = 0;
            for (int i = slot; i < rows.Length; i += _layout.SlotCount)
                variance += (rows[i] - expected) * (rows[i] - expected) * _layout.SlotCount / rows.Length;
            half = quantile * Math.Sqrt(noise * noise + variance / _numeric.Variance);
        }

        var standardization = evaluator.Standardization;
        return (standardization.Undo(slot, expected - half), standardization.Undo(slot, expected + half));
    }

    /// <summary>
    /// The probabilities of a category, or of a yes, over the posterior; for reasons alone at its mean where it expects no other.
    /// </summary>
    private float[] Probabilities(
        Feature feature, HiddenFeatures hidden, int index, ReadOnlySpan<float> row, DescriptionRequest request)
    {
        float[] own = [.. feature.Of(hidden.Expected(index))];
        bool isExpected = feature.Kind == FeatureKind.Binary
            ? feature.Of(row)[0] == MathF.Round(own[0]) : feature.Of(row).IndexOf(1) == TensorPrimitives.IndexOfMax<float>(own);
        if (!request.ForReasons || !isExpected)
        {
            float[] rows = DecodePosterior(hidden, index);
            Array.Clear(own);
            for (int i = feature.Start; i < rows.Length; i += _layout.SlotCount)
                TensorPrimitives.Add(own, rows.AsSpan(i, own.Length), own);
            if (feature.Kind == FeatureKind.Binary) own[0] *= (float)_layout.SlotCount / rows.Length;
        }

        if (feature.Kind == FeatureKind.OneHot)
            TensorPrimitives.Divide(own, Math.Max(float.Epsilon, TensorPrimitives.Sum<float>(own)), own);
        return own;
    }

    /// <summary>
    /// Decodes the posterior at 2k points, √k standard deviations from its mean in either direction of each dimension: their mean is right
    /// for every polynomial up to the third degree (Arasaratnam &amp; Haykin 2009).
    /// </summary>
    private float[] DecodePosterior(HiddenFeatures hidden, int index)
    {
        int dimension = evaluator.LatentDimension;
        float[] latents = Repeat(hidden.Means(index, dimension), 2 * dimension);
        for (int d = 0; d < dimension; d++)
        {
            float distance = MathF.Sqrt(dimension) * MathF.Exp(0.5f * hidden.LogVariances(index, dimension)[d]);
            latents[2 * d * dimension + d] += distance;
            latents[(2 * d + 1) * dimension + d] -= distance;
        }

        float[] rows = new float[2 * dimension * _layout.SlotCount];
        decoder.Expect(latents, Repeat(hidden.Conditions(index), 2 * dimension), 2 * dimension, rows);
        return rows;
    }

    private static float[] Repeat(ReadOnlySpan<float> values, int count)
    {
        float[] repeated = new float[count * values.Length];
        for (int i = 0; i < count; i++)
            values.CopyTo(repeated.AsSpan(i * values.Length));
        return repeated;
    }

    /// <summary>A row as it is expected without one feature after the other.</summary>
    private sealed class HiddenFeatures(
        FeatureLayout layout, float[] means, float[] logVariances, float[] standardized, float[] expected, float[] conditions)
    {
        public ReadOnlySpan<float> Means(int index, int dimension) => means.AsSpan(index * dimension, dimension);

        public ReadOnlySpan<float> LogVariances(int index, int dimension) => logVariances.AsSpan(index * dimension, dimension);

        public ReadOnlySpan<float> Standardized(int index) => standardized.AsSpan(index * layout.SlotCount, layout.SlotCount);

        public ReadOnlySpan<float> Expected(int index) => expected.AsSpan(index * layout.SlotCount, layout.SlotCount);

        public ReadOnlySpan<float> Conditions(int index) =>
            conditions.AsSpan(index * layout.ConditionSlotCount, layout.ConditionSlotCount);
    }
}

/// <summary>What is asked of a <see cref="RowDescriber"/>.</summary>
/// <param name="Features">The features to describe.</param>
/// <param name="Level">The probability of the intervals.</param>
internal sealed record DescriptionRequest(IReadOnlyList<Feature> Features, double Level)
{
    /// <summary>Whether only surprising features are of interest: others may have narrower intervals.</summary>
    public bool ForReasons { get; init; }

    /// <summary>Features that are hidden from the encoder all the time, and have their expected values in the score.</summary>
    public IReadOnlyCollection<Feature> Hidden { get; init; } = [];

    /// <exception cref="ArgumentOutOfRangeException">It is not between 0 and 1.</exception>
    public static void CheckLevel(double level)
    {
        if (level is not (> 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(level), level, "The level must be in (0, 1).");
    }
}
