using Vae.Data;
using Vae.Numerics;
using Vae.Options;

namespace Vae.Training.Rows;

/// <summary>
/// The rows of a training: split into training and held-out rows, standardized, handed out in shuffled blocks. A pass of several blocks is prepared
/// ahead on a thread of its own.
/// </summary>
internal sealed class TrainingTable : IDisposable
{
    private const int BlockBytes = 2 << 20;
    private const int BlocksAhead = 3;

    private readonly RowTable _table;
    private readonly HeldOutRows _heldOut;
    private readonly RowPass _pass;
    private readonly RowBlock[] _blocks;
    private readonly double _weightScale;
    private readonly bool _hasUnitVariance;
    private BlockPump? _pump;
    private RowBlock? _current;

    public TrainingTable(IFeatureRows rows, VaeOptions options, TrainingContext context)
    {
        _table = RowTable.Read(rows, context);
        ulong seed = (ulong)options.Seed;
        _heldOut = new HeldOutRows(_table.Count, options.ValidationFraction, seed);
        Standardization = context.InitialModel?.Standardization ?? StandardizationEstimate.Of(_table, _heldOut, options.Standardization);
        _hasUnitVariance = context.InitialModel is null && options.Standardization == StandardizationMethod.MeanAndDeviation;
        _weightScale = MeanWeightReciprocal();
        _pass = new RowPass(_table, _heldOut, seed);

        int stride = Padding.Stride(Layout.RowWidth);
        int batches = Math.Max(1, BlockBytes / sizeof(float) / stride / options.BatchSize);
        BlockCapacity = (int)Math.Min((long)batches * options.BatchSize, TrainingRows);
        int blocks = BlockCapacity < TrainingRows ? BlocksAhead : 1;
        _blocks = [.. Enumerable.Range(0, blocks).Select(_ => new RowBlock(BlockCapacity, Layout.RowWidth, Layout.SlotCount, MayMiss))];
    }

    public FeatureLayout Layout => _table.Layout;

    public Standardization Standardization { get; }

    /// <summary>Whether any modelled value is missing.</summary>
    public bool MayMiss => _table.AnyMissing;

    public int TrainingRows => _table.Count - _heldOut.Count;

    public int ValidationRows => _heldOut.Count;

    /// <summary>The largest number of rows in a block.</summary>
    public int BlockCapacity { get; }

    /// <summary>Starts an epoch: the training rows in a new order, which depends on the seed and the epoch alone.</summary>
    public void BeginEpoch(int epoch)
    {
        EndPass();
        _pass.BeginTraining(epoch);
        BeginPass(TrainingRows);
    }

    /// <summary>Starts a pass over the held-out rows.</summary>
    public void BeginValidation()
    {
        EndPass();
        _pass.BeginValidation();
        BeginPass(ValidationRows);
    }

    /// <summary>The next block of the pass, or null at its end. It is valid until the next call of any method.</summary>
    public RowBlock? NextBlock()
    {
        if (_pump is null) return Fill(_blocks[0]) ? _blocks[0] : null;
        if (_current is not null) _pump.Recycle(_current);
        _current = _pump.Next();
        return _current;
    }

    /// <summary>Up to <paramref name="most"/> rows in original units, NaN where missing: held-out ones, or training rows if none are held out.</summary>
    public float[] RowsForDiagnosis(int most)
    {
        EndPass();
        if (ValidationRows > 0)
            _pass.BeginValidation();
        else
            _pass.BeginTraining(0);
        int available = ValidationRows > 0 ? ValidationRows : TrainingRows;
        int count = Math.Min(most, available);
        var rows = new float[count * Layout.RowWidth];
        int taken = 0;
        for (long number = 0; taken < count && _pass.TryNext(out var page, out int row); number++)
        {
            if (number == (long)taken * available / count) page[row].CopyTo(rows.AsSpan(taken++ * Layout.RowWidth));
        }

        return rows;
    }

    /// <summary>
    /// The sum over the modelled numeric slots of the mean square of the training rows' standardized values: about 1 per slot, unless median and range or another
    /// model standardize them.
    /// </summary>
    public double NumericSquares()
    {
        int[] slots = Layout.NumericSlots;
        if (_hasUnitVariance) return slots.Length;
        var standardized = new float[Layout.RowWidth];
        double sum = 0;
        _table.ForEachTrainingRow(_heldOut, (row, weight) =>
        {
            Standardization.Apply(row, standardized);
            foreach (int slot in slots)
            {
                if (!float.IsNaN(standardized[slot])) sum += weight * standardized[slot] * standardized[slot];
            }
        });
        return Math.Max(slots.Length, sum * _weightScale / TrainingRows);
    }

    public void Dispose()
    {
        EndPass();
        _table.Dispose();
    }

    private void BeginPass(int rows)
    {
        if (rows > BlockCapacity) _pump = new BlockPump(_blocks, Fill);
    }

    private void EndPass()
    {
        _pump?.Dispose();
        _pump = null;
        _current = null;
    }

    private bool Fill(RowBlock block)
    {
        int count = 0;
        while (count < block.Values.Rows && _pass.TryNext(out var page, out int index))
        {
            var row = block.Values.Row(count);
            RowPreparation.Standardize(Standardization, page[index], row, block.Mask is null ? default : block.Mask.Row(count));
            block.Weights[count] = (float)(page.Weight(index) * _weightScale);
            count++;
        }

        block.Count = count;
        return count > 0;
    }

    private double MeanWeightReciprocal()
    {
        if (!_table.HasWeights) return 1;
        double sum = 0;
        _table.ForEachTrainingRow(_heldOut, (_, weight) => sum += weight);
        return sum > 0 ? TrainingRows / sum : throw new ArgumentException("The weights of all training rows are 0.");
    }
}
