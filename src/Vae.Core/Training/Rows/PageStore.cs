namespace Vae.Training.Rows;

/// <summary>The pages of a table in their order: in memory while they fit, else all of them in a temporary file.</summary>
/// <param name="rowWidth">The number of values in a row.</param>
/// <param name="hasWeights">Whether rows have weights of their own.</param>
/// <param name="resources">How much memory the pages may take, and where the file is.</param>
internal sealed class PageStore(int rowWidth, bool hasWeights, TableResources resources) : IDisposable
{
    private const int PageBytes = 1 << 20;

    /// <summary>How many windows of a table in a file would fill the memory budget.</summary>
    private const int WindowsPerBudget = 4;

    private readonly List<RowPage> _pages = [];
    private PageFile? _file;

    /// <summary>The number of pages.</summary>
    public int Count => _file?.Count ?? _pages.Count;

    /// <summary>The number of rows of every page but the last.</summary>
    public int RowsPerPage { get; } = Math.Max(64, PageBytes / sizeof(float) / rowWidth);

    /// <summary>The number of pages, at most, that may be loaded at a time.</summary>
    public int WindowLength
    {
        get
        {
            if (_file is null) return Count;
            long pageBytes = (long)RowsPerPage * (rowWidth + (hasWeights ? 1 : 0)) * sizeof(float);
            return (int)Math.Min(Count, Math.Max(2, resources.MemoryBudget / WindowsPerBudget / pageBytes));
        }
    }

    /// <summary>An empty page.</summary>
    public RowPage NewPage() => new(RowsPerPage, rowWidth, hasWeights);

    /// <summary>Adds a full page, or the last one.</summary>
    /// <returns>The page, emptied, if it is in the file now; null if it is kept.</returns>
    public RowPage? Append(RowPage page)
    {
        page.First = Count * RowsPerPage;
        long bytes = (long)(Count + 1) * RowsPerPage * (rowWidth + 2) * sizeof(float); // 2: a weight, and a place in the order
        if (_file is null && bytes > resources.MemoryBudget) MoveToFile();
        if (_file is null)
        {
            _pages.Add(page);
            return null;
        }

        _file.Append(page);
        page.Count = 0;
        return page;
    }

    /// <summary>A page to read into, for <see cref="Load"/>; null if none is needed.</summary>
    public RowPage? CreateBuffer() => _file is null ? null : NewPage();

    /// <summary>Gets a page.</summary>
    /// <param name="number">The number of the page.</param>
    /// <param name="buffer">A page of <see cref="CreateBuffer"/>, which is overwritten.</param>
    /// <returns>The page; valid until the buffer is used again.</returns>
    public RowPage Load(int number, RowPage? buffer)
    {
        if (buffer is null) return _pages[number];
        _file!.Read(number, buffer);
        return buffer;
    }

    public void Dispose() => _file?.Dispose();

    private void MoveToFile()
    {
        _file = new PageFile(resources.TemporaryFolder);
        _pages.ForEach(_file.Append);
        _pages.Clear();
    }
}
