using Microsoft.Win32.SafeHandles;
using Vae.Persistence;

namespace Vae.Training.Checkpoints;

/// <summary>
/// The file for the checkpoints of one training. A second file, with ".lock" behind the name, is held open, so that no other training uses
/// the first one meanwhile; that of a process that has died is no obstacle.
/// </summary>
internal sealed class CheckpointFile : IDisposable
{
    private readonly IProgress<string>? _warnings;
    private readonly string _path;
    private readonly SafeFileHandle _lock;

    /// <summary>Finds out whether checkpoints can be written, before a training has cost anything, and locks their file.</summary>
    /// <param name="settings">Valid settings.</param>
    /// <param name="warnings">Told of what fails later and is no reason to end the training.</param>
    /// <exception cref="IOException">They cannot be written, or another training does; the message names the file and the reason.</exception>
    public CheckpointFile(CheckpointSettings settings, IProgress<string>? warnings)
    {
        Settings = settings;
        _warnings = warnings;
        if (settings.Path.Contains('\0', StringComparison.Ordinal)) throw CannotBeWritten("it is not the path of a file");
        _path = Path.GetFullPath(settings.Path);
        if (Directory.Exists(_path)) throw CannotBeWritten("it is a folder");
        if (!Directory.Exists(Path.GetDirectoryName(_path))) throw CannotBeWritten("its folder does not exist");
        _lock = Lock(_path + ".lock");
    }

    public CheckpointSettings Settings { get; }

    /// <summary>Reads the checkpoint that is there; null if there is none.</summary>
    /// <exception cref="InvalidDataException">The file is not a checkpoint, or it is truncated or corrupt.</exception>
    /// <exception cref="FormatException">A newer version of the library wrote it.</exception>
    public Checkpoint? Read()
    {
        if (!File.Exists(_path)) return null;
        using var stream = File.OpenRead(_path);
        return Checkpoint.Read(stream);
    }

    /// <summary>Replaces the checkpoint; if that fails, the last one stays.</summary>
    /// <exception cref="IOException">It failed, and the settings want this exception.</exception>
    public void Write(int epoch, Action<Stream> write)
    {
        try
        {
            AtomicFile.Write(_path, _path + ".tmp", write);
        }
        catch (Exception exception) when (IsNoFaultOfTheTraining(exception))
        {
            string problem = $"The checkpoint '{_path}' of epoch {epoch} could not be written ({exception.Message}).";
            if (Settings.ThrowOnFailedWrite) throw new IOException(problem, exception);
            _warnings?.Report(problem + " Training goes on, and the next one is tried when it is due.");
        }
    }

    /// <summary>Deletes the checkpoint, because its training has ended.</summary>
    public void Delete()
    {
        try
        {
            File.Delete(_path);
        }
        catch (Exception exception) when (IsNoFaultOfTheTraining(exception))
        {
            _warnings?.Report($"The checkpoint '{_path}' could not be deleted ({exception.Message}). It is of no use any more.");
        }
    }

    public void Dispose() => _lock.Dispose();

    private static bool IsNoFaultOfTheTraining(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or NotSupportedException;

    private SafeFileHandle Lock(string path)
    {
        try
        {
            return File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, FileOptions.DeleteOnClose);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            bool isLocked = exception is IOException && File.Exists(path);
            throw CannotBeWritten(isLocked ? "another training, here or in another process, uses it" : exception.Message, exception);
        }
    }

    private IOException CannotBeWritten(string reason, Exception? inner = null) =>
        new($"The checkpoint '{Settings.Path}' cannot be written: {reason}. "
            + $"Choose another {nameof(CheckpointSettings.Path)}, or remove what is in the way.", inner);
}
