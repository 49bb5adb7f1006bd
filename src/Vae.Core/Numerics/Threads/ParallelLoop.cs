using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace Vae.Numerics.Threads;

/// <summary>
/// Threads that wait to share the pieces of a task: a parallel loop that costs about a microsecond and allocates nothing.
/// </summary>
/// <remarks>
/// The calling thread takes part. Pieces are handed out in ascending order to whoever is free, so a thread that the system does not
/// run delays only the piece it has. An idle thread looks for work for some microseconds and then sleeps.
/// One call of <see cref="Run"/> at a time.
/// </remarks>
internal sealed class ParallelLoop : IDisposable
{
    private const int SpinMicroseconds = 20;
    private static readonly long SpinTicks = SpinMicroseconds * Stopwatch.Frequency / 1_000_000;

    private readonly Thread[] _workers;
    private readonly SemaphoreSlim _work = new(0);
    private readonly SemaphoreSlim _done = new(0);
    private Action<int>? _piece;
    private Exception? _exception;
    private int _pieces;
    private int _unfinished;
    private int _sleeping;
    private int _callerSleeps;
    private int _running;
    private volatile bool _disposed;

    /// <summary>The number of the task in the upper half, and in the lower half the number of its pieces that nobody has taken.</summary>
    private long _ticket;

    /// <summary>Starts the threads of a team.</summary>
    /// <param name="threads">The number of threads, the caller included; at least 1.</param>
    public ParallelLoop(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        _workers = new Thread[threads - 1];
        for (int i = 0; i < _workers.Length; i++)
        {
            _workers[i] = new Thread(Work) { IsBackground = true, Name = $"VAE worker {i + 1}" };
            _workers[i].Start();
        }
    }

    /// <summary>The number of threads, the caller included.</summary>
    public int Threads => _workers.Length + 1;

    /// <summary>
    /// Calls <paramref name="piece"/> with 0 … <paramref name="pieces"/> − 1, on any threads of the team, and returns when all calls have
    /// returned. If calls throw, the first exception is thrown here after that.
    /// </summary>
    /// <exception cref="InvalidOperationException">The team is running another task.</exception>
    public void Run(Action<int> piece, int pieces)
    {
        ArgumentNullException.ThrowIfNull(piece);
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (Interlocked.Exchange(ref _running, 1) != 0)
            throw new InvalidOperationException("The team is running another task.");

        try
        {
            if (_workers.Length == 0 || pieces <= 1)
            {
                for (int i = 0; i < pieces; i++)
                    piece(i);
            }
            else
            {
                RunTogether(piece, pieces);
            }
        }
        finally
        {
            Volatile.Write(ref _running, 0);
        }
    }

    /// <summary>Ends the threads.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;

        _disposed = true;
        _work.Release(_workers.Length + 1);
        foreach (var worker in _workers)
            worker.Join();

        _work.Dispose();
        _done.Dispose();
    }

    private void RunTogether(Action<int> piece, int pieces)
    {
        _piece = piece;
        _pieces = pieces;
        _exception = null;
        Volatile.Write(ref _unfinished, pieces);
        long task = (_ticket >> 32) + 1;
        Interlocked.Exchange(ref _ticket, (task << 32) | (uint)pieces);
        WakeSleepers(pieces - 1);

        while (TryTake(out int taken))
            Call(taken);

        WaitForOthers();
        _piece = null;
        if (_exception is { } exception)
            ExceptionDispatchInfo.Throw(exception);
    }

    private void Work()
    {
        while (!_disposed)
        {
            if (TryTake(out int taken))
            {
                Call(taken);
                if (Volatile.Read(ref _unfinished) == 0 && Interlocked.Exchange(ref _callerSleeps, 0) == 1)
                    _done.Release();
            }
            else if (!SpinUntilWork())
            {
                Sleep();
            }
        }
    }

    private bool TryTake(out int piece)
    {
        long ticket = Volatile.Read(ref _ticket);
        while ((int)ticket > 0)
        {
            long seen = Interlocked.CompareExchange(ref _ticket, ticket - 1, ticket);
            if (seen == ticket)
            {
                // The task cannot end before this piece does, so its fields stay.
                piece = _pieces - (int)ticket;
                return true;
            }

            ticket = seen;
        }

        piece = -1;
        return false;
    }

    private void Call(int index)
    {
        try
        {
            _piece!(index);
        }
        catch (Exception exception)
        {
            Interlocked.CompareExchange(ref _exception, exception, null);
        }
        finally
        {
            Interlocked.Decrement(ref _unfinished);
        }
    }

    private bool SpinUntilWork()
    {
        long start = Stopwatch.GetTimestamp();
        do
        {
            for (int i = 0; i < 8; i++)
            {
                if ((int)Volatile.Read(ref _ticket) > 0 || _disposed)
                    return true;

                Thread.SpinWait(1);
            }
        }
        while (Stopwatch.GetTimestamp() - start < SpinTicks);
        return false;
    }

    private void Sleep()
    {
        Interlocked.Increment(ref _sleeping);
        bool sleeps = (int)Volatile.Read(ref _ticket) <= 0 && !_disposed;
        if (sleeps || !TryRemoveSleeper())
            _work.Wait();
    }

    private void WakeSleepers(int wanted)
    {
        int woken = 0;
        while (woken < wanted && TryRemoveSleeper())
            woken++;

        if (woken > 0)
            _work.Release(woken);
    }

    /// <summary>Takes one thread off the count of sleepers; whoever does so for another thread owes it a release.</summary>
    private bool TryRemoveSleeper()
    {
        int sleeping = Volatile.Read(ref _sleeping);
        while (sleeping > 0)
        {
            int seen = Interlocked.CompareExchange(ref _sleeping, sleeping - 1, sleeping);
            if (seen == sleeping)
                return true;

            sleeping = seen;
        }

        return false;
    }

    private void WaitForOthers()
    {
        long start = Stopwatch.GetTimestamp();
        while (Volatile.Read(ref _unfinished) > 0)
        {
            if (Stopwatch.GetTimestamp() - start < SpinTicks)
            {
                Thread.SpinWait(1);
                continue;
            }

            Interlocked.Exchange(ref _callerSleeps, 1);
            if (Volatile.Read(ref _unfinished) > 0 || Interlocked.Exchange(ref _callerSleeps, 0) == 0)
                _done.Wait();
        }
    }
}
