using Vae.Benchmarks.Reporting;

namespace Vae.Benchmarks.Peers;

/// <summary>The steps of another library with every thread setting. Where one of them fails, the library counts as not run.</summary>
internal sealed class PeerRun : IDisposable
{
    private readonly Peer _peer;
    private readonly List<(ThreadSetting Threads, PeerStep Step, List<double> Times)> _candidates = [];
    private string? _notRun;

    /// <param name="peer">The library.</param>
    /// <param name="network">The arguments that tell the network and minibatch.</param>
    public PeerRun(Peer peer, IReadOnlyList<string> network)
    {
        _peer = peer;
        Try(() =>
        {
            foreach (var threads in ThreadSetting.All)
                _candidates.Add((threads, new PeerStep(peer, network, threads), []));
        });
    }

    /// <summary>Measures each setting for some seconds.</summary>
    /// <param name="seconds">How long.</param>
    /// <param name="keep">Takes a time to where it is kept.</param>
    public void Measure(double seconds, Action<List<double>, double> keep) => Try(() =>
    {
        foreach (var (_, step, times) in _candidates)
            keep(times, step.Measure(seconds));
    });

    /// <summary>The best of the settings.</summary>
    /// <param name="managed">Microseconds of the managed trainer's step.</param>
    public PeerResult Result(double managed)
    {
        if (_notRun is not null) return new PeerResult(_peer.Name, null, null, null, $"not run: {_notRun}");
        var (threads, _, times) = _candidates.MinBy(candidate => Median.Of(candidate.Times));
        double time = Median.Of(times);
        return new PeerResult(_peer.Name, time, threads.ToString(), time / managed, null);
    }

    public void Dispose()
    {
        foreach (var (_, step, _) in _candidates)
            step.Dispose();
    }

    private void Try(Action action)
    {
        if (_notRun is not null) return;
        try
        {
            action();
        }
        catch (PeerException exception)
        {
            _notRun = exception.Message;
        }
    }
}
