using Microsoft.ML.Runtime;
using Vae.MLNet.Internals;

namespace Vae.MLNet.Training;

/// <summary>
/// One token for both ways to stop a training: the user's token, and the flag of the host, which has to be looked at. A thread of its own
/// does that, because the thread pool may have no thread to spare.
/// </summary>
internal sealed class HostCancellation : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    private readonly CancellationTokenSource _source;
    private readonly ManualResetEventSlim _ended = new();
    private readonly Thread _thread;

    public HostCancellation(IHost host, CancellationToken token)
    {
        _source = CancellationTokenSource.CreateLinkedTokenSource(token);
        _thread = new Thread(() => Watch(host)) { IsBackground = true, Name = "VAE host watcher" };
        _thread.Start();
    }

    /// <summary>Cancelled when either asks for it.</summary>
    public CancellationToken Token => _source.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        _ended.Set();
        _thread.Join();
        _ended.Dispose();
        _source.Dispose();
    }

    private void Watch(IHost host)
    {
        while (!_ended.Wait(Interval))
        {
            if (!Hosting.IsCanceled(host)) continue;
            _source.Cancel();
            return;
        }
    }
}
