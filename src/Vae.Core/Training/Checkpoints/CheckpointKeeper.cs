using System.Diagnostics;
using Vae.Options;
using Vae.Persistence;
using Vae.Training.Engines;

namespace Vae.Training.Checkpoints;

/// <summary>Writes the checkpoints of one training when they are due, and finds the one that it can go on from.</summary>
internal sealed class CheckpointKeeper(CheckpointSettings settings, Fingerprint fingerprint, VaeOptions options, ITrainingEngine engine)
{
    private long _last = Stopwatch.GetTimestamp();

    /// <summary>Goes on from the checkpoint, if there is one.</summary>
    /// <param name="state">Receives where the training stood; stays as it is if there is no checkpoint.</param>
    /// <exception cref="InvalidOperationException">The checkpoint is of another training.</exception>
    /// <exception cref="InvalidDataException">The checkpoint is corrupt.</exception>
    /// <exception cref="FormatException">A newer version of the library wrote the checkpoint.</exception>
    public void Resume(TrainingState state)
    {
        if (!File.Exists(settings.Path)) return;
        using var stream = File.OpenRead(settings.Path);
        var checkpoint = Checkpoint.Read(stream);
        if (checkpoint.Fingerprint == fingerprint)
            engine.Restore(checkpoint.Restore(state, options));
        else if (!settings.ReplaceOther)
            throw IsOfOther(checkpoint.Fingerprint);
    }

    /// <summary>Writes a checkpoint if one is due after an epoch.</summary>
    public void EpochEnded(TrainingState state)
    {
        bool due = (settings.EveryEpochs is { } epochs && state.Epochs.Count % epochs == 0)
            || (settings.EveryMinutes is { } minutes && Stopwatch.GetElapsedTime(_last).TotalMinutes >= minutes);
        if (!due) return;
        var engineState = new EngineState(state.Best.Shape);
        engine.Save(engineState);
        AtomicFile.Write(settings.Path, settings.Path + ".tmp", stream => Checkpoint.Write(stream, fingerprint, state, engineState));
        _last = Stopwatch.GetTimestamp();
    }

    /// <summary>Deletes the checkpoint of a training that has ended.</summary>
    public void TrainingEnded() => File.Delete(settings.Path);

    private InvalidOperationException IsOfOther(Fingerprint other)
    {
        string difference = other.Rows == fingerprint.Rows
            ? "has other options, another starting point or another trainer"
            : "has other rows";
        return new InvalidOperationException(
            $"The checkpoint '{settings.Path}' is of a training that {difference}. Delete it, choose another "
            + $"{nameof(CheckpointSettings.Path)}, or set {nameof(CheckpointSettings.ReplaceOther)}.");
    }
}
