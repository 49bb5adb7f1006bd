using Vae.History;

namespace Vae.Training;

/// <summary>Tells after each epoch how long a training takes. It runs from its creation on.</summary>
internal sealed class EpochClock(TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();
    private int _epochs;

    /// <summary>An epoch has ended.</summary>
    public TrainingProgress EpochEnded(EpochMetrics metrics)
    {
        _epochs++;
        var elapsed = time.GetElapsedTime(_start);
        var remaining = elapsed / _epochs * (metrics.Epochs - metrics.Epoch);
        return new TrainingProgress { Metrics = metrics, Elapsed = elapsed, Remaining = remaining };
    }
}
