using Vae.Features;
using Vae.Numerics;

namespace Vae.Training;

/// <summary>The rows of a training: split into training and held-out rows, standardized, handed out in shuffled blocks.</summary>
internal sealed class TrainingTable
{
    private const int BlockBytes = 4 << 20;

    private readonly RowStore _store;
    private readonly Split _split;
    private readonly ulong _seed;
    private readonly int[] _order;
    private readonly RowBlock _block;
    private readonly double _weightScale;
    private int _next;

    public TrainingTable(IFeatureRows rows, VaeOptions options, TrainingContext context)
    {
        _store = new RowStore(rows, context.CancellationToken);
        _seed = (ulong)options.Seed;
        _split = new Split(_store.Count, options.ValidationFraction, _seed);
        Standardization = context.InitialModel?.Standardization ?? StandardizationEstimate.Of(_store, _split.Training);
        _order = [.. _split.Training];
        _weightScale = MeanWeightReciprocal();

        int stride = Padding.Stride(Layout.RowWidth);
        int batches = Math.Max(1, BlockBytes / sizeof(float) / stride / options.BatchSize);
        int capacity = (int)Math.Min((long)batches * options.BatchSize, _split.Training.Length);
        _block = new RowBlock(capacity, Layout.RowWidth, Layout.SlotCount, _store.AnyMissing);
    }

    public FeatureLayout Layout => _store.Layout;

    public Standardization Standardization { get; }

    /// <summary>Whether any modelled value is missing.</summary>
    public bool MayMiss => _store.AnyMissing;

    public int TrainingRows => _split.Training.Length;

    public int ValidationRows => _split.Validation.Length;

    /// <summary>The largest number of rows in a block.</summary>
    public int BlockCapacity => _block.Values.Rows;

    /// <summary>Starts an epoch: the training rows in a new order, which depends on the seed and the epoch alone.</summary>
    public void BeginEpoch(int epoch)
    {
        _split.Training.CopyTo(_order, 0);
        CounterRandom.Shuffle(_seed, RandomStreams.Shuffle + (ulong)epoch, _order);
        _next = 0;
    }

    /// <summary>The next block of the epoch, or null at its end. It is valid until the next call of any method.</summary>
    public RowBlock? NextBlock() => Fill(_order);

    /// <summary>Starts a pass over the held-out rows.</summary>
    public void BeginValidation() => _next = 0;

    /// <summary>The next block of the held-out rows, or null at their end. It is valid until the next call of any method.</summary>
    public RowBlock? NextValidationBlock() => Fill(_split.Validation);

    /// <summary>Up to <paramref name="most"/> rows in original units, NaN where missing: held-out ones, or training rows if none are held out.</summary>
    public float[] RowsForDiagnosis(int most)
    {
        int[] source = ValidationRows > 0 ? _split.Validation : _split.Training;
        int count = Math.Min(most, source.Length);
        var rows = new float[count * Layout.RowWidth];
        for (int i = 0; i < count; i++)
            _store[source[(int)((long)i * source.Length / count)]].CopyTo(rows.AsSpan(i * Layout.RowWidth));
        return rows;
    }

    private RowBlock? Fill(int[] order)
    {
        int count = Math.Min(BlockCapacity, order.Length - _next);
        if (count == 0) return null;
        for (int i = 0; i < count; i++)
        {
            int index = order[_next + i];
            var row = _block.Values.Row(i);
            Standardization.Apply(_store[index], row);
            RowPreparation.SplitMissing(row, _block.Mask is null ? default : _block.Mask.Row(i));
            _block.Weights[i] = (float)(_store.Weight(index) * _weightScale);
        }

        _block.Count = count;
        _next += count;
        return _block;
    }

    private double MeanWeightReciprocal()
    {
        double sum = 0;
        foreach (int row in _split.Training)
            sum += _store.Weight(row);
        if (sum == 0) throw new ArgumentException("The weights of all training rows are 0.");
        return _split.Training.Length / sum;
    }
}
