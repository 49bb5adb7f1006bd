using System.Collections.Concurrent;

namespace Vae.Training.Rows;

/// <summary>Fills blocks on a thread of its own while earlier ones are trained on. What it gives does not depend on timing.</summary>
internal sealed class BlockPump : IDisposable
{
    private readonly BlockingCollection<RowBlock> _free;
    private readonly BlockingCollection<RowBlock> _full = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly Thread _thread;
    private Exception? _failure;

    /// <param name="blocks">The blocks to fill again and again; at least two.</param>
    /// <param name="fill">Fills a block; false at the end of the pass.</param>
    public BlockPump(IEnumerable<RowBlock> blocks, Func<RowBlock, bool> fill)
    {
        _free = new BlockingCollection<RowBlock>(new ConcurrentQueue<RowBlock>(blocks));
        _thread = new Thread(() => Run(fill)) { IsBackground = true, Name = "VAE row reader" };
        _thread.Start();
    }

    /// <summary>The next full block, or null at the end of the pass.</summary>
    public RowBlock? Next()
    {
        if (_full.TryTake(out var block, Timeout.Infinite)) return block;
        if (_failure is not null) throw new IOException("Reading the training rows again failed: " + _failure.Message, _failure);
        return null;
    }

    /// <summary>Gives a block back to be filled again.</summary>
    public void Recycle(RowBlock block) => _free.Add(block);

    public void Dispose()
    {
        _stop.Cancel();
        _thread.Join();
        _free.Dispose();
        _full.Dispose();
        _stop.Dispose();
    }

    private void Run(Func<RowBlock, bool> fill)
    {
        try
        {
            while (_free.Take(_stop.Token) is var block && fill(block))
                _full.Add(block);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The consumer wants no more.
        }
        catch (Exception failure)
        {
            _failure = failure;
        }
        finally
        {
            _full.CompleteAdding();
        }
    }
}
