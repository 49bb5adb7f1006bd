using Vae.Data;
using Vae.Networks;
using Vae.Options;

namespace Vae.Inference;

/// <summary>
/// What each latent dimension does to decoded rows, by central differences of the decoder at the posterior means of some rows.
/// </summary>
internal sealed class LatentEffects
{
    private const int MostRows = 1024;

    /// <summary>The values, at most, of the rows that are looked at.</summary>
    private const int MostValues = 1 << 22;

    /// <summary>Rows times dimensions, at most: the decoder runs twice for each.</summary>
    private const int MostMoves = 1 << 17;

    /// <summary>Half the distance of a difference: small beside the prior, and large beside the rounding of what is decoded.</summary>
    private const float Step = 1f / 128;

    /// <summary>The part of the largest move from which on a slot moves about as much.</summary>
    private const double AsMuch = 0.8;

    private readonly RowDecoder _decoder;
    private readonly float[] _means;
    private readonly float[] _conditions;
    private readonly double[] _weights;
    private readonly double _weight;
    private readonly float[] _latents;
    private readonly float[] _decoded;

    /// <param name="evaluator">The model.</param>
    /// <param name="rows">n rows in original units, NaN where missing.</param>
    /// <param name="weights">Their weights.</param>
    public LatentEffects(RowEvaluator evaluator, float[] rows, double[] weights)
    {
        _decoder = evaluator.Decoder;
        _weights = weights;
        _weight = weights.Sum();
        var layout = evaluator.Layout;
        int pair = 2 * RowEncoder.BlockRows;
        _means = new float[weights.Length * evaluator.LatentDimension];
        evaluator.Evaluate(rows, weights.Length, new RowOutputs { Means = _means });
        _conditions = [.. rows.Chunk(layout.RowWidth).SelectMany(row => row[layout.SlotCount..])];
        _latents = new float[pair * evaluator.LatentDimension];
        _decoded = new float[pair * layout.SlotCount];
    }

    /// <summary>The number of rows that are worth looking at.</summary>
    public static int RowsFor(FeatureLayout layout, VaeOptions options) =>
        Math.Clamp(Math.Min(MostValues / layout.RowWidth, MostMoves / options.LatentDimension), 1, MostRows);

    /// <summary>Measures one dimension.</summary>
    public LatentEffect Measure(int dimension)
    {
        int slots = _decoder.Layout.SlotCount;
        var slopes = new double[slots];
        double squares = 0;
        for (int first = 0; first < _weights.Length; first += RowEncoder.BlockRows)
        {
            int count = Math.Min(RowEncoder.BlockRows, _weights.Length - first);
            Move(dimension, first, count);
            for (int row = 0; row < count; row++)
            {
                double weight = _weights[first + row];
                for (int slot = 0; slot < slots; slot++)
                {
                    double slope = (_decoded[row * slots + slot] - (double)_decoded[(count + row) * slots + slot]) / (2 * Step);
                    slopes[slot] += weight * slope;
                    squares += weight * slope * slope;
                }
            }
        }

        double factor = Math.Sqrt(squares / _weight);
        return new LatentEffect(dimension, LatentEffect.Held(factor), Variance(dimension), IsNegative(slopes));
    }

    /// <summary>Decodes a block of rows with the dimension a step further, then the same rows with it a step back.</summary>
    private void Move(int dimension, int first, int count)
    {
        int k = _decoder.LatentDimension;
        int conditions = _decoder.Layout.ConditionSlotCount;
        var means = _means.AsSpan(first * k, count * k);
        means.CopyTo(_latents);
        means.CopyTo(_latents.AsSpan(count * k));
        for (int row = 0; row < count; row++)
        {
            _latents[row * k + dimension] += Step;
            _latents[(count + row) * k + dimension] -= Step;
        }

        float[] block = _conditions[(first * conditions)..((first + count) * conditions)];
        _decoder.Expect(_latents.AsSpan(0, 2 * count * k), [.. block, .. block], 2 * count, _decoded);
    }

    private double Variance(int dimension)
    {
        int k = _decoder.LatentDimension;
        double mean = _weights.Select((weight, row) => weight * _means[row * k + dimension]).Sum() / _weight;
        return _weights.Select((weight, row) => weight * Math.Pow(_means[row * k + dimension] - mean, 2)).Sum() / _weight;
    }

    /// <summary>
    /// Whether the slot that moves most on average moves down. Two categories move by the same, one up and one down, and so do columns that
    /// mirror one another: of slots that move about as much the first one decides, and not what is left to chance.
    /// </summary>
    private static bool IsNegative(double[] slopes)
    {
        double least = AsMuch * slopes.Max(Math.Abs);
        return Array.Find(slopes, slope => Math.Abs(slope) >= least) < 0;
    }
}

/// <summary>What one latent dimension does, as training left it.</summary>
/// <param name="Dimension">The number of the dimension.</param>
/// <param name="Factor">See <see cref="LatentAxis.Factor"/>.</param>
/// <param name="Variance">The variance of μ.</param>
/// <param name="IsReversed">Whether the slot that moves most on average moves down as the dimension goes up.</param>
internal readonly record struct LatentEffect(int Dimension, double Factor, double Variance, bool IsReversed)
{
    /// <summary>The least factor, so that its logarithm is a number.</summary>
    private const double SmallestFactor = 1e-6;

    private const double LargestFactor = 1e6;

    /// <summary>The variance of factor · μ; 0 where it is no number, as it is of rows that all weigh nothing.</summary>
    public double Decoded => double.IsFinite(Variance) ? Factor * Factor * Variance : 0;

    /// <summary>A factor within its bounds, which are beyond anything that is of use.</summary>
    public static double Held(double factor) => double.IsNaN(factor) ? SmallestFactor : Math.Clamp(factor, SmallestFactor, LargestFactor);

    /// <summary>Whether a file may hold it.</summary>
    public static bool IsPossible(LatentAxis axis) =>
        axis is { Factor: >= SmallestFactor and <= LargestFactor, Share: >= 0 and <= 1 };

    /// <summary>
    /// Makes the dimensions of a model those of the effects, in their order, with the sign that they ask for.
    /// </summary>
    public static LatentAxis[] Arrange(VaeParameters parameters, LatentEffect[] effects)
    {
        LatentOrder.Apply(
            parameters, Array.ConvertAll(effects, effect => effect.Dimension), Array.ConvertAll(effects, effect => effect.IsReversed));
        double sum = effects.Sum(effect => effect.Decoded);
        return Array.ConvertAll(effects, effect => new LatentAxis(effect.Factor, sum > 0 ? effect.Decoded / sum : 0));
    }
}
