using Vae.History;

namespace Vae.TorchSharp.Tests;

/// <summary>Reports on the thread that reports.</summary>
internal sealed class Listener(Action<EpochMetrics> listen) : IProgress<EpochMetrics>
{
    public void Report(EpochMetrics value) => listen(value);
}
