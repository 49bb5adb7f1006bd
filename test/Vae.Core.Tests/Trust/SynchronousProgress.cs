using Vae.History;

namespace Vae.Tests.Trust;

/// <summary>Reports on the thread that reports.</summary>
internal sealed class SynchronousProgress(Action<EpochMetrics> report) : IProgress<EpochMetrics>
{
    public void Report(EpochMetrics value) => report(value);
}

/// <summary>Takes warnings on the thread that warns.</summary>
internal sealed class SynchronousWarnings(Action<string> warn) : IProgress<string>
{
    public void Report(string value) => warn(value);
}
