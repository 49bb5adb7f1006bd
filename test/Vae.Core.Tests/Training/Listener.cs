using Vae.History;

namespace Vae.Tests.Training;

/// <summary>Progress that is told at once, on the training thread.</summary>
internal sealed class Listener(Action<EpochMetrics> told) : IProgress<EpochMetrics>
{
    public void Report(EpochMetrics value) => told(value);
}
