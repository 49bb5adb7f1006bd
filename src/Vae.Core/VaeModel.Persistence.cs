using Vae.Persistence;

namespace Vae;

/// <content>A model as a file: a versioned binary format with a checksum, small, and without native parts.</content>
public sealed partial class VaeModel
{
    /// <summary>
    /// Writes the model. Loading it gives a model that computes the same to the last bit; the same version of the library writes that as
    /// the same bytes.
    /// </summary>
    /// <param name="stream">Where to; it need not be seekable, and stays open.</param>
    public void Save(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ModelWriter.Write(_parts, stream);
    }

    /// <summary>
    /// Writes the model to a file. It appears under its name when it is whole, so that a crash never destroys an older one.
    /// </summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        AtomicFile.Write(path, Save);
    }

    /// <summary>
    /// Reads a model that <see cref="Save(Stream)"/> has written. The bytes need not be trusted: they are data, checked before use, and
    /// cost memory only as they are read.
    /// </summary>
    /// <param name="stream">Where from; it need not be seekable, is read up to the model's last byte, and stays open.</param>
    /// <exception cref="InvalidDataException">
    /// These bytes are not a model, are truncated or are corrupt; the message says which.
    /// </exception>
    /// <exception cref="FormatException">A newer version of the library wrote them; the message names both versions.</exception>
    public static VaeModel Load(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return new VaeModel(ModelReader.Read(stream));
    }

    /// <summary>Reads a model from a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">The file is not a model, is truncated or is corrupt; the message says which.</exception>
    /// <exception cref="FormatException">A newer version of the library wrote it; the message names both versions.</exception>
    public static VaeModel Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var stream = File.OpenRead(path);
        return Load(stream);
    }
}
