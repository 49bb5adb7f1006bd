using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Vae.Training.Rows;

/// <summary>
/// Keeps all pages in a temporary file. The file is gone with the process, even if that crashes: on Unix its name is removed while it is open, on
/// Windows the system deletes it with its last handle.
/// </summary>
internal sealed class FileRowStore : IRowStore
{
    private readonly SafeFileHandle _file;
    private readonly Func<RowPage> _newPage;
    private readonly int _rowsPerPage;
    private readonly long _pageBytes;
    private readonly List<int> _counts = [];

    /// <param name="newPage">Creates a page of the right size.</param>
    /// <param name="folder">Where the file is, or null for the system's folder for temporary files.</param>
    /// <param name="windowBytes">The memory that the pages held at a time may take.</param>
    public FileRowStore(Func<RowPage> newPage, string? folder, long windowBytes)
    {
        var page = newPage();
        _newPage = newPage;
        _rowsPerPage = page.Values.Length / page.RowWidth;
        _pageBytes = (long)(page.Values.Length + page.Weights.Length) * sizeof(float);
        PagesPerWindow = (int)Math.Clamp(windowBytes / _pageBytes, 2, int.MaxValue);
        string path = Path.Combine(folder ?? Path.GetTempPath(), "vae-rows-" + Path.GetRandomFileName());
        _file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete, FileOptions.DeleteOnClose | FileOptions.RandomAccess);
        if (!OperatingSystem.IsWindows()) File.Delete(path);
    }

    public int PageCount => _counts.Count;

    public int PagesPerWindow { get; }

    public RowPage? Append(RowPage page)
    {
        long offset = _counts.Count * _pageBytes;
        var values = MemoryMarshal.AsBytes(page.Values.AsSpan());
        RandomAccess.Write(_file, values, offset);
        RandomAccess.Write(_file, MemoryMarshal.AsBytes(page.Weights.AsSpan()), offset + values.Length);
        _counts.Add(page.Count);
        page.Count = 0;
        return page;
    }

    public RowPage? CreateBuffer() => _newPage();

    public RowPage Load(int page, RowPage? buffer)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        long offset = page * _pageBytes;
        var values = MemoryMarshal.AsBytes(buffer.Values.AsSpan());
        ReadExactly(values, offset);
        ReadExactly(MemoryMarshal.AsBytes(buffer.Weights.AsSpan()), offset + values.Length);
        buffer.First = page * _rowsPerPage;
        buffer.Count = _counts[page];
        return buffer;
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
