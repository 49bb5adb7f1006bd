using Vae.Numerics.RandomNumbers;
using Vae.Options;

namespace Vae.Training.Rows;

/// <summary>
/// The distribution of values that come one by one, in memory that does not grow with their number: the sketch of Karnin, Lang and Liberty
/// ("Optimal quantile approximation in streams", FOCS 2016), for weighted values.
/// </summary>
/// <remarks>
/// Values stand on levels. Where there are too many, a level is sorted and its values are merged in pairs: one of the two stays, drawn in
/// proportion to their weights, with the weight of both, one level up. Values of level h weigh less than 2^(h + 1) before they are merged;
/// heavier ones go up alone. A level has two thirds of the room of the one above it, the highest has k.
/// A pair misplaces one quantile by one weight, without bias. Summed over all merges, the standard deviation of a rank is at most 2.5/k of
/// the total weight, and twice that with weights of any kind: 0.06% for k = 4,096. Up to 4,096 values nothing is merged. The draws depend
/// on the seed and on the values in their order alone.
/// </remarks>
internal sealed class QuantileSketch
{
    private const int SmallestLevel = 8;
    private const double Shrinkage = 2.0 / 3;

    private readonly List<SketchLevel> _levels = [new()];
    private readonly int _capacity;
    private readonly ulong _seed;
    private int _room;
    private int _count;
    private ulong _merges;
    private float _least = float.PositiveInfinity;
    private float _largest = float.NegativeInfinity;
    private double _totalOfSquares;

    /// <param name="capacity">k.</param>
    /// <param name="seed">Tells the draws of one sketch from those of another.</param>
    public QuantileSketch(int capacity, ulong seed)
    {
        _capacity = capacity;
        _room = capacity;
        _seed = seed;
    }

    /// <summary>The sum of the weights.</summary>
    public double TotalWeight { get; private set; }

    /// <summary>How many values of the same weight would say as much as these (Kish 1965).</summary>
    public double EffectiveCount => TotalWeight * TotalWeight / _totalOfSquares;

    /// <summary>Takes a finite value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="weight">Its weight; about 1 on average.</param>
    public void Add(float value, double weight)
    {
        if (!(weight > 0)) return;
        TotalWeight += weight;
        _totalOfSquares += weight * weight;
        _least = Math.Min(_least, value);
        _largest = Math.Max(_largest, value);
        _levels[0].Add(value, (float)weight);
        _count++;
        while (_count > _room)
            MergeFullest();
    }

    /// <summary>What is known of the distribution: the values in rising order, the smallest and the largest of all among them.</summary>
    public List<WeightedValue> ToList()
    {
        var items = _levels.SelectMany(level => level.Items).OrderBy(item => item.Value).ToList();
        var distinct = new List<WeightedValue>();
        foreach (var (value, weight) in items)
        {
            if (distinct.Count > 0 && distinct[^1].Value == value)
                distinct[^1] = distinct[^1] with { Weight = distinct[^1].Weight + weight, Items = distinct[^1].Items + 1 };
            else
                distinct.Add(new WeightedValue(value, weight, 1));
        }

        // An end that was merged away gets a part of its neighbour's weight.
        if (distinct.Count == 0) return distinct;
        if (distinct[0].Value > _least) distinct.Insert(0, Split(distinct, 0) with { Value = _least });
        if (distinct[^1].Value < _largest) distinct.Add(Split(distinct, distinct.Count - 1) with { Value = _largest });
        return distinct;
    }

    private static WeightedValue Split(List<WeightedValue> values, int index)
    {
        var value = values[index];
        double part = Math.Min(1, value.Weight / 2);
        values[index] = value with { Weight = value.Weight - part };
        return value with { Weight = part, Items = 1 };
    }

    /// <summary>Merges the lowest level that has no room left.</summary>
    private void MergeFullest()
    {
        int level = 0;
        while (level < _levels.Count - 1 && _levels[level].Count < RoomOf(level))
            level++;
        if (level == _levels.Count - 1)
        {
            _levels.Add(new SketchLevel());
            _room = Enumerable.Range(0, _levels.Count).Sum(RoomOf);
        }

        Span<float> draw = stackalloc float[1];
        CounterRandom.FillUniform(_seed, RandomStreams.QuantileSketch, _merges++, draw);
        _count -= _levels[level].MergeInto(_levels[level + 1], Math.ScaleB(1, level + 1), draw[0]);
    }

    private int RoomOf(int level) =>
        Math.Max(SmallestLevel, (int)Math.Ceiling(_capacity * Math.Pow(Shrinkage, _levels.Count - 1 - level)));
}

/// <summary>One of the values that a <see cref="QuantileSketch"/> keeps.</summary>
/// <param name="Value">The value.</param>
/// <param name="Weight">The weight of all values that it stands for.</param>
/// <param name="Items">The number of times that it was kept.</param>
internal readonly record struct WeightedValue(float Value, double Weight, int Items);

/// <summary>A level of a <see cref="QuantileSketch"/>.</summary>
internal sealed class SketchLevel
{
    private float[] _values = new float[16];
    private float[] _weights = new float[16];

    public int Count { get; private set; }

    public IEnumerable<(float Value, float Weight)> Items => _values.Zip(_weights).Take(Count);

    public void Add(float value, float weight)
    {
        if (Count == _values.Length)
        {
            Array.Resize(ref _values, 2 * Count);
            Array.Resize(ref _weights, 2 * Count);
        }

        _values[Count] = value;
        _weights[Count++] = weight;
    }

    /// <summary>Moves everything to the next level but what finds no partner, and merges pairs of light values.</summary>
    /// <param name="next">The next level.</param>
    /// <param name="heavy">The weight from which a value moves alone.</param>
    /// <param name="draw">A random number in [0, 1), which decides all pairs.</param>
    /// <returns>The number of values that went away.</returns>
    public int MergeInto(SketchLevel next, double heavy, float draw)
    {
        Array.Sort(_values, _weights, 0, Count);
        int merged = 0;
        int single = -1;
        for (int i = 0; i < Count; i++)
        {
            if (_weights[i] >= heavy)
            {
                next.Add(_values[i], _weights[i]);
            }
            else if (single < 0)
            {
                single = i;
            }
            else
            {
                float weight = _weights[single] + _weights[i];
                next.Add(draw * weight < _weights[single] ? _values[single] : _values[i], weight);
                single = -1;
                merged++;
            }
        }

        Count = 0;
        if (single >= 0) Add(_values[single], _weights[single]);
        return merged;
    }
}
