using Microsoft.ML.Runtime;
using Vae.MLNet.Internals;

namespace Vae.MLNet.Training;

/// <summary>One token for both ways to stop a training: the user's token, and the flag of the host, which has to be looked at.</summary>
internal sealed class HostCancellation : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    private readonly CancellationTokenSource _source;
    private readonly Timer _timer;

    public HostCancellation(IHost host, CancellationToken token)
    {
        _source = CancellationTokenSource.CreateLinkedTokenSource(token);
        _timer = new Timer(_ => Look(host), null, Interval, Interval);
    }

    /// <summary>Cancelled when either asks for it.</summary>
    public CancellationToken Token => _source.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        using (var ended = new ManualResetEvent(false))
        {
            if (_timer.Dispose(ended)) ended.WaitOne();
        }

        _source.Dispose();
    }

    private void Look(IHost host)
    {
        if (Hosting.IsCanceled(host)) _source.Cancel();
    }
}
