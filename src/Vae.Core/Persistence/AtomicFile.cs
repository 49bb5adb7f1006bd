namespace Vae.Persistence;

/// <summary>Writing a file so that a crash at any moment leaves either the old file or the new one, whole.</summary>
internal static class AtomicFile
{
    /// <summary>Writes a file under a temporary name of its own.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="write">Writes the content.</param>
    public static void Write(string path, Action<Stream> write)
    {
        string full = Path.GetFullPath(path);
        Write(full, $"{full}.{Guid.NewGuid():N}.tmp", write);
    }

    /// <summary>Writes to a temporary file, makes sure that it is on the disk, and renames it.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="temporary">The temporary file, in the same folder; an older one is replaced.</param>
    /// <param name="write">Writes the content.</param>
    public static void Write(string path, string temporary, Action<Stream> write)
    {
        var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None);
        try
        {
            using (stream)
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
