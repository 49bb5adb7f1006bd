using System.Numerics.Tensors;
using Vae.Data;
using Vae.Numerics.RandomNumbers;
using Vae.Options;

namespace Vae.Imputation;

/// <summary>
/// Fills the gaps of one row after another: draws z from each model, weighs them by what was observed, and averages what the models say of
/// the gaps at the draws, or draws from that. One per thread.
/// </summary>
internal sealed class RowImputer
{
    private readonly FeatureLayout _layout;
    private readonly Feature[] _features;
    private readonly ImputationOptions _options;
    private readonly PartDraws[] _parts;
    private readonly float[] _values;
    private readonly float[] _numbers;
    private readonly double[] _weights;
    private readonly double[] _sortedWeights;
    private readonly float[] _expected;
    private readonly CounterRandomSource _random;
    private readonly MeanShrinkage? _shrinkage;

    public RowImputer(IReadOnlyList<ImputerPart> parts, ImputationOptions options, MeanShrinkage? shrinkage = null)
    {
        _shrinkage = shrinkage;
        _options = options;
        _layout = parts[0].Model.Layout;
        _features = [.. _layout.Features];
        ulong seed = (ulong)options.Model.Seed;
        _parts = [.. parts.Select((part, i) => new PartDraws(part, options, seed + ((ulong)i << 32)))];
        int draws = parts.Count * options.Samples;
        _values = new float[draws * _layout.SlotCount];
        _numbers = new float[draws];
        _weights = new double[draws];
        _sortedWeights = new double[draws];
        _expected = new float[_layout.SlotCount];
        _random = new CounterRandomSource(~seed, RandomStreams.Imputation);
    }

    /// <summary>Fills a row with points: the same for the same row, wherever it stands.</summary>
    /// <param name="row">The row in original units.</param>
    /// <param name="number">Its number, for messages.</param>
    /// <param name="filled">Receives the row without gaps.</param>
    /// <param name="probabilities">
    /// Receives the same with probabilities in the slots of yes/no values and categories [D]; or is empty.
    /// </param>
    /// <exception cref="ArgumentException">The row is not valid; the message names the slot and the row.</exception>
    public void Fill(ReadOnlySpan<float> row, long number, Span<float> filled, Span<float> probabilities)
    {
        row.CopyTo(filled);
        bool complete = IsComplete(row);
        if (!complete) Sample(row, number, draw: -1);
        foreach (var feature in _features)
        {
            var expected = feature.Of(_expected.AsSpan());
            bool isObserved = feature.IsObserved(row);
            if (isObserved)
            {
                feature.Of(row).CopyTo(expected);
            }
            else
            {
                Expect(feature, expected);
                Choose(feature, expected, feature.Of(filled));
            }

            if (!probabilities.IsEmpty) expected.CopyTo(feature.Of(probabilities));
        }

        if (complete) Check(row, number);
    }

    /// <summary>Fills a row with a draw from p(x_mis|x_obs).</summary>
    /// <param name="row">The row in original units.</param>
    /// <param name="number">Its number: rows and draws of other numbers are drawn independently.</param>
    /// <param name="draw">The number of the draw.</param>
    /// <param name="filled">Receives the row without gaps.</param>
    /// <exception cref="ArgumentException">The row is not valid; the message names the slot and the row.</exception>
    public void Draw(ReadOnlySpan<float> row, long number, int draw, Span<float> filled)
    {
        row.CopyTo(filled);
        if (IsComplete(row))
        {
            Check(row, number);
            return;
        }

        Sample(row, number, draw);
        double rest = _random.NextDouble();
        int chosen = 0;
        while (chosen < _weights.Length - 1 && (rest -= _weights[chosen]) >= 0)
            chosen++;
        foreach (var feature in _features)
        {
            if (feature.IsObserved(row)) continue;
            var target = feature.Of(filled);
            feature.Of(Values(chosen)).CopyTo(target);
            if (feature.Kind == FeatureKind.OneHot)
                RandomVariable.OneHot(target, _random);
            else if (feature.Kind == FeatureKind.Binary)
                target[0] = _random.NextDouble() < target[0] ? 1 : 0;
        }
    }

    private bool IsComplete(ReadOnlySpan<float> row)
    {
        foreach (var feature in _features)
        {
            if (!feature.IsObserved(row)) return false;
        }

        return true;
    }

    /// <summary>A row without gaps is looked at as any other, though nothing is computed of it.</summary>
    private void Check(ReadOnlySpan<float> row, long number) => _parts[0].Check(row, number);

    private Span<float> Values(int draw) => _values.AsSpan(draw * _layout.SlotCount, _layout.SlotCount);

    /// <summary>Draws from every model, each as likely as the others.</summary>
    private void Sample(ReadOnlySpan<float> row, long number, int draw)
    {
        ulong place = Place(number, draw);
        for (int i = 0; i < _parts.Length; i++)
        {
            var weights = _weights.AsSpan(i * _options.Samples, _options.Samples);
            var values = _values.AsSpan(i * _options.Samples * _layout.SlotCount, _options.Samples * _layout.SlotCount);
            _parts[i].Sample(row, number, draw < 0 ? null : place, weights, values);
        }

        TensorPrimitives.Divide(_weights, _parts.Length, _weights);
        _random.Position = place;
    }

    /// <summary>Where the random numbers of a row begin: 2²⁴ for each row, 2²⁰ rows apart from their like in the next draw.</summary>
    private static ulong Place(long number, int draw) => ((ulong)(draw + 1) << 44) + ((ulong)Math.Max(0, number) << 24);

    /// <summary>The mean or median of a missing number, or the probabilities of a missing category.</summary>
    private void Expect(Feature feature, Span<float> expected)
    {
        if (feature.Kind == FeatureKind.Numeric && _options.Numbers == NumberImputation.Median)
        {
            expected[0] = Median(feature.Start);
            return;
        }

        for (int i = 0; i < expected.Length; i++)
        {
            double sum = 0;
            for (int draw = 0; draw < _weights.Length; draw++)
                sum += _weights[draw] * Values(draw)[feature.Start + i];
            expected[i] = (float)sum;
        }

        if (feature.Kind == FeatureKind.Numeric && _shrinkage is not null)
            expected[0] = _shrinkage.Shrink(Array.BinarySearch(_layout.NumericSlots, feature.Start), expected[0]);

        if (feature.Kind != FeatureKind.OneHot) return;
        float total = TensorPrimitives.Sum<float>(expected);
        if (total > 0)
            TensorPrimitives.Divide(expected, total, expected);
        else
            expected.Fill(1f / expected.Length);
    }

    private float Median(int slot)
    {
        for (int draw = 0; draw < _numbers.Length; draw++)
            _numbers[draw] = Values(draw)[slot];
        _weights.CopyTo(_sortedWeights, 0);
        _numbers.AsSpan().Sort(_sortedWeights.AsSpan());
        double below = 0;
        int middle = 0;
        while (middle < _numbers.Length - 1 && (below += _sortedWeights[middle]) < 0.5)
            middle++;
        return _numbers[middle];
    }

    /// <summary>Makes a value of what is expected: the most probable category.</summary>
    private static void Choose(Feature feature, ReadOnlySpan<float> expected, Span<float> values)
    {
        expected.CopyTo(values);
        if (feature.Kind == FeatureKind.Binary) values[0] = expected[0] > 0.5f ? 1 : 0;
        if (feature.Kind != FeatureKind.OneHot) return;
        values.Clear();
        values[TensorPrimitives.IndexOfMax(expected)] = 1;
    }
}
