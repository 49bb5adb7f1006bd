using Vae.History;
using Vae.Training;

namespace Vae.Testing;

/// <summary>Progress that is told at once, on the training thread.</summary>
public sealed class Listener(Action<EpochMetrics> told) : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress value) => told(value.Metrics);
}

/// <summary>Warnings that are told at once, on the training thread.</summary>
public sealed class WarningListener(Action<string> told) : IProgress<string>
{
    public void Report(string value) => told(value);
}
