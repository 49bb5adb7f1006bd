using Vae.Data;
using Vae.Numerics;
using Vae.Options;

namespace Vae.Training.Rows;

/// <summary>
/// Turns the rows of a pass into blocks: standardized, missing values 0. A pass of several blocks is prepared ahead on a thread of its own.
/// </summary>
internal sealed class BlockReader : IDisposable
{
    private const int BlockBytes = 2 << 20;
    private const int BlocksAhead = 3;

    private readonly RowPass _pass;
    private readonly Standardization _standardization;
    private readonly DataSplit _split;
    private readonly RowBlock[] _blocks;
    private readonly EarlierModel? _anchor;
    private readonly float[] _anchorRow;
    private BlockPump? _pump;
    private RowBlock? _current;
    private int _left;

    /// <param name="split">The rows.</param>
    /// <param name="standardization">How they are standardized.</param>
    /// <param name="pass">Their order.</param>
    /// <param name="options">Minibatches and latent dimensions.</param>
    /// <param name="anchor">The model that says where rows are to stay, or null.</param>
    public BlockReader(DataSplit split, Standardization standardization, RowPass pass, VaeOptions options, EarlierModel? anchor)
    {
        int batchSize = options.RowsPerStep;
        _anchor = anchor;
        _anchorRow = new float[anchor?.RowWidth ?? 0];
        int anchorDimension = anchor is null ? 0 : options.LatentDimension;
        _pass = pass;
        _standardization = standardization;
        _split = split;
        var layout = split.Layout;
        int batches = Math.Max(1, BlockBytes / sizeof(float) / Padding.Stride(layout.RowWidth) / batchSize);
        Capacity = (int)Math.Min((long)batches * batchSize, split.TrainingRows);
        _blocks = new RowBlock[Capacity < split.TrainingRows ? BlocksAhead : 1];
        for (int i = 0; i < _blocks.Length; i++)
            _blocks[i] = new RowBlock(Capacity, layout.RowWidth, layout.SlotCount, split.Table.AnyMissing, anchorDimension);
    }

    /// <summary>The largest number of rows in a block: whole minibatches, or all training rows.</summary>
    public int Capacity { get; }

    /// <summary>Starts to read a pass that has just begun.</summary>
    public void Begin()
    {
        _left = _pass.Count;
        if (_pass.Count > Capacity) _pump = new BlockPump(_blocks, Fill);
    }

    /// <summary>The next block of the pass, or null at its end. It is valid until the next call of any method.</summary>
    public RowBlock? Next()
    {
        if (_pump is null) return Fill(_blocks[0]) ? _blocks[0] : null;
        if (_current is not null) _pump.Recycle(_current);
        _current = _pump.Next();
        return _current;
    }

    /// <summary>Leaves the pass, wherever it is; no thread reads it after that.</summary>
    public void End()
    {
        _pump?.Dispose();
        _pump = null;
        _current = null;
    }

    public void Dispose() => End();

    private bool Fill(RowBlock block)
    {
        // A last row alone would be a training step of one row.
        int most = _left == Capacity + 1 && Capacity > 2 ? Capacity - 1 : Capacity;
        double weightScale = _split.WeightScale(_pass.IsHeldOut);
        int count = 0;
        while (count < most && _pass.TryNext(out var page, out int index))
        {
            var row = block.Values.Row(count);
            RowPreparation.Standardize(_standardization, page[index], row, block.Mask is null ? default : block.Mask.Row(count));
            _anchor?.Encode(page[index], _anchorRow, block.Anchors!.Row(count));
            block.Weights[count] = (float)(page.Weight(index) * weightScale);
            count++;
        }

        block.Count = count;
        _left -= count;
        return count > 0;
    }
}
