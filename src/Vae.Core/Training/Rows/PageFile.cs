using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Vae.Training.Rows;

/// <summary>
/// Pages of one size in a temporary file. The file is gone with the process, even if that crashes: on Unix its name is removed while it is
/// open, on Windows the system deletes it with its last handle.
/// </summary>
internal sealed class PageFile : IDisposable
{
    private readonly SafeFileHandle _file;
    private readonly List<(int First, int Count)> _rows = [];

    /// <param name="folder">Where the file is, or null for the system's folder for temporary files.</param>
    public PageFile(string? folder)
    {
        string path = Path.Combine(folder ?? Path.GetTempPath(), "vae-rows-" + Path.GetRandomFileName());
        _file = File.OpenHandle(
            path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete, FileOptions.DeleteOnClose | FileOptions.RandomAccess);
        if (!OperatingSystem.IsWindows()) File.Delete(path);
    }

    /// <summary>The number of pages.</summary>
    public int Count => _rows.Count;

    /// <summary>Writes a page behind the others.</summary>
    public void Append(RowPage page)
    {
        long offset = Count * page.Bytes;
        var values = MemoryMarshal.AsBytes(page.Values.AsSpan());
        RandomAccess.Write(_file, values, offset);
        RandomAccess.Write(_file, MemoryMarshal.AsBytes(page.Weights.AsSpan()), offset + values.Length);
        _rows.Add((page.First, page.Count));
    }

    /// <summary>Reads a page into one of the same size.</summary>
    public void Read(int number, RowPage page)
    {
        long offset = number * page.Bytes;
        var values = MemoryMarshal.AsBytes(page.Values.AsSpan());
        ReadExactly(values, offset);
        ReadExactly(MemoryMarshal.AsBytes(page.Weights.AsSpan()), offset + values.Length);
        (page.First, page.Count) = _rows[number];
    }

    /// <summary>Reads one row of a page.</summary>
    /// <param name="number">The number of the page.</param>
    /// <param name="row">The row, counted from the first of the page.</param>
    /// <param name="rowsPerPage">The capacity of the pages.</param>
    /// <param name="single">Receives the row; a page of one row.</param>
    public void ReadRow(int number, int row, int rowsPerPage, RowPage single)
    {
        long offset = (long)number * rowsPerPage * single.Bytes;
        var values = MemoryMarshal.AsBytes(single.Values.AsSpan());
        var weights = MemoryMarshal.AsBytes(single.Weights.AsSpan());
        ReadExactly(values, offset + (long)row * values.Length);
        ReadExactly(weights, offset + (long)rowsPerPage * values.Length + (long)row * weights.Length);
    }

    public void Dispose() => _file.Dispose();

    private void ReadExactly(Span<byte> bytes, long offset)
    {
        while (!bytes.IsEmpty)
        {
            int read = RandomAccess.Read(_file, bytes, offset);
            if (read == 0) throw new IOException("The temporary file of the training rows is shorter than what was written to it.");
            bytes = bytes[read..];
            offset += read;
        }
    }
}
