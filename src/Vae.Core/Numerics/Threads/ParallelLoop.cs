using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace Vae.Numerics.Threads;

/// <summary>
/// Threads that wait to share the iterations of loops: a parallel loop that costs about a microsecond and allocates nothing.
/// </summary>
/// <remarks>
/// The calling thread takes part. Iterations are handed out in ascending order to whoever is free, so a thread that the system does not
/// run delays only the iteration it has. An idle thread looks for work for some microseconds and then sleeps.
/// One call of <see cref="Run"/> at a time.
/// </remarks>
internal sealed class ParallelLoop : IDisposable
{
    private static readonly long TwentyMicroseconds = Stopwatch.Frequency / 50_000;

    private readonly Thread[] _workers;
    private readonly SemaphoreSlim _work = new(0);
    private readonly SemaphoreSlim _done = new(0);
    private Action<int>? _body;
    private Exception? _exception;
    private int _iterations;
    private int _unfinished;
    private int _callerSleeps;
    private int _running;
    private volatile bool _disposed;

    /// <summary>The number of sleeping threads that nobody has woken.</summary>
    private long _sleeping;

    /// <summary>The number of the loop in the upper half; in the lower half how many of its iterations nobody has taken.</summary>
    private long _ticket;

    /// <summary>Starts the threads.</summary>
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

    /// <summary>
    /// Calls <paramref name="body"/> with 0 … <paramref name="iterations"/> − 1, on any of the threads, and returns when all calls have
    /// returned. If calls throw, the first exception is thrown here after that; on one thread it ends the loop.
    /// </summary>
    /// <exception cref="InvalidOperationException">A loop is running.</exception>
    public void Run(Action<int> body, int iterations)
    {
        ArgumentNullException.ThrowIfNull(body);
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (Interlocked.Exchange(ref _running, 1) != 0)
            throw new InvalidOperationException("A loop is running on these threads.");

        try
        {
            if (_workers.Length > 0 && iterations > 1)
            {
                RunTogether(body, iterations);
                return;
            }

            for (int i = 0; i < iterations; i++)
                body(i);
        }
        finally
        {
            Volatile.Write(ref _running, 0);
        }
    }

    /// <summary>Ends the threads.</summary>
    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        _work.Release(_workers.Length + 1);
        foreach (var worker in _workers)
            worker.Join();
        _work.Dispose();
        _done.Dispose();
    }

    /// <summary>Takes one off the lower half of a counter if it is positive; <paramref name="before"/> is what it was.</summary>
    private static bool TryDecrement(ref long counter, out int before)
    {
        long value = Volatile.Read(ref counter);
        while ((before = (int)value) > 0)
        {
            long seen = Interlocked.CompareExchange(ref counter, value - 1, value);
            if (seen == value) return true;
            value = seen;
        }

        return false;
    }

    private void RunTogether(Action<int> body, int iterations)
    {
        _body = body;
        _iterations = iterations;
        _exception = null;
        Volatile.Write(ref _unfinished, iterations);
        long loop = (_ticket >> 32) + 1;
        Interlocked.Exchange(ref _ticket, (loop << 32) | (uint)iterations);

        // Whoever takes another thread off the count of sleepers owes it a release.
        int woken = 0;
        while (woken < iterations - 1 && TryDecrement(ref _sleeping, out _))
            woken++;
        if (woken > 0) _work.Release(woken);

        while (TryDecrement(ref _ticket, out int left))
            Call(left);

        WaitForOthers();
        _body = null;
        if (_exception is { } exception) ExceptionDispatchInfo.Throw(exception);
    }

    private void Work()
    {
        while (!_disposed)
        {
            if (TryDecrement(ref _ticket, out int left))
            {
                Call(left);
                if (Volatile.Read(ref _unfinished) == 0 && Interlocked.Exchange(ref _callerSleeps, 0) == 1)
                    _done.Release();
            }
            else if (!SpinUntilWork())
            {
                Sleep();
            }
        }
    }

    /// <summary>Calls the body for an iteration that was taken: the loop cannot end before it does, so the loop's fields stay.</summary>
    private void Call(int left)
    {
        try
        {
            _body!(_iterations - left);
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
                if ((int)Volatile.Read(ref _ticket) > 0 || _disposed) return true;
                Thread.SpinWait(1);
            }
        }
        while (Stopwatch.GetTimestamp() - start < TwentyMicroseconds);
        return false;
    }

    private void Sleep()
    {
        Interlocked.Increment(ref _sleeping);
        bool sleeps = (int)Volatile.Read(ref _ticket) <= 0 && !_disposed;
        if (sleeps || !TryDecrement(ref _sleeping, out _))
            _work.Wait();
    }

    private void WaitForOthers()
    {
        long start = Stopwatch.GetTimestamp();
        while (Volatile.Read(ref _unfinished) > 0)
        {
            if (Stopwatch.GetTimestamp() - start < TwentyMicroseconds)
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
