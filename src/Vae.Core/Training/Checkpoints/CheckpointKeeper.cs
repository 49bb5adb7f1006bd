using System.Diagnostics;
using Vae.Networks;
using Vae.Options;
using Vae.Training.Engines;

namespace Vae.Training.Checkpoints;

/// <summary>Writes the checkpoints of one training when they are due, and finds the one that it can go on from.</summary>
internal sealed class CheckpointKeeper(CheckpointFile file, Fingerprint fingerprint, VaeOptions options, ITrainingEngine engine)
{
    private const string Remedy =
        $"To start afresh, delete it, choose another {nameof(CheckpointSettings.Path)}, or set {nameof(CheckpointSettings.ReplaceOther)}.";

    private readonly CheckpointSettings _settings = file.Settings;
    private long _last = Stopwatch.GetTimestamp();

    /// <summary>Goes on from the checkpoint, if there is one.</summary>
    /// <param name="start">Where the training would start without one; stays as it is.</param>
    /// <returns>Where the training stood, or <paramref name="start"/>.</returns>
    /// <exception cref="InvalidOperationException">The checkpoint is of another training.</exception>
    /// <exception cref="InvalidDataException">The checkpoint is corrupt.</exception>
    /// <exception cref="FormatException">A newer version of the library wrote the checkpoint.</exception>
    public TrainingState Resume(TrainingState start)
    {
        try
        {
            if (file.Read() is not { } checkpoint) return start;
            if (checkpoint.Fingerprint.IsOfSameTraining(fingerprint)) return Restore(checkpoint, start.Best.Shape);
            return _settings.ReplaceOther ? start : throw IsOfOther(checkpoint.Fingerprint);
        }
        catch (Exception exception) when (_settings.ReplaceOther && exception is InvalidDataException or FormatException)
        {
            return start;
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException(CannotBeRead(exception), exception);
        }
        catch (FormatException exception)
        {
            throw new FormatException(CannotBeRead(exception), exception);
        }
    }

    /// <summary>Writes a checkpoint if one is due after an epoch.</summary>
    /// <exception cref="IOException">That failed, and the settings want this exception.</exception>
    public void EpochEnded(TrainingState state)
    {
        bool due = (_settings.EveryEpochs is { } epochs && state.Epochs.Count % epochs == 0)
            || (_settings.EveryMinutes is { } minutes && Stopwatch.GetElapsedTime(_last).TotalMinutes >= minutes);
        if (!due) return;
        var engineState = new EngineState(state.Best.Shape);
        engine.Save(engineState);
        file.Write(state.Epochs.Count, stream => Checkpoint.Write(stream, fingerprint, state, engineState));
        _last = Stopwatch.GetTimestamp();
    }

    /// <summary>Deletes the checkpoint of a training that has ended.</summary>
    public void TrainingEnded() => file.Delete();

    private TrainingState Restore(Checkpoint checkpoint, NetworkShape shape)
    {
        var state = new TrainingState(new VaeParameters(shape));
        engine.Restore(checkpoint.Restore(state, options));
        return state;
    }

    private string CannotBeRead(Exception exception) =>
        $"The checkpoint '{_settings.Path}' cannot be read. {exception.Message} {Remedy}";

    private InvalidOperationException IsOfOther(Fingerprint other)
    {
        string difference = "other options, another starting point or another trainer.";
        if (other.Rows != fingerprint.Rows)
            difference = "other rows.";
        else if (other.Seed is { } seed && seed != fingerprint.Seed)
            difference = $"the seed {seed}, and this one has the seed {fingerprint.Seed}. Set the seed to {seed} to go on from there.";
        return new InvalidOperationException($"The checkpoint '{_settings.Path}' is of a training that has {difference} {Remedy}");
    }
}
