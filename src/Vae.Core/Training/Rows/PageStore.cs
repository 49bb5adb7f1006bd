namespace Vae.Training.Rows;

/// <summary>The pages of a table in their order: in memory while they fit, else all of them in a temporary file.</summary>
/// <param name="rowWidth">The number of values in a row.</param>
/// <param name="hasWeights">Whether rows have weights of their own.</param>
/// <param name="resources">How much memory the pages may take, and where the file is.</param>
internal sealed class PageStore(int rowWidth, bool hasWeights, TableResources resources) : IDisposable
{
    private const int PageBytes = 1 << 20;

    /// <summary>The bytes of a window, which the order of the rows depends on: the same on every machine, whatever its memory.</summary>
    private const int WindowBytes = 128 << 20;

    private readonly List<RowPage> _pages = [];
    private PageFile? _file;

    /// <summary>The number of pages.</summary>
    public int Count => _file?.Count ?? _pages.Count;

    /// <summary>The number of rows of every page but the last.</summary>
    public int RowsPerPage { get; } = Math.Max(64, PageBytes / sizeof(float) / rowWidth);

    /// <summary>The number of pages of a window, whose rows are shuffled together.</summary>
    public int WindowLength => (int)Math.Min(Count, Math.Max(2, WindowBytes / BytesOf(1, perRow: hasWeights ? 1 : 0)));

    /// <summary>Whether a window can be loaded; else its rows have to be, one by one.</summary>
    public bool WindowFits => _file is null || BytesOf(WindowLength, perRow: 2) <= resources.MemoryBudget;

    /// <summary>An empty page.</summary>
    public RowPage NewPage() => new(RowsPerPage, rowWidth, hasWeights);

    /// <summary>Adds a full page, or the last one.</summary>
    /// <returns>The page, emptied, if it is in the file now; null if it is kept.</returns>
    public RowPage? Append(RowPage page)
    {
        page.First = Count * RowsPerPage;
        if (_file is null && BytesOf(Count + 1, perRow: 2) > resources.MemoryBudget) MoveToFile(); // 2: a weight, and a place in the order
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

    /// <summary>Gets a row out of the file.</summary>
    /// <param name="number">The number of its page.</param>
    /// <param name="row">The row, counted from the first of its page.</param>
    /// <param name="single">A page of one row, which is overwritten.</param>
    public void LoadRow(int number, int row, RowPage single) => _file!.ReadRow(number, row, RowsPerPage, single);

    /// <summary>A page of one row, for <see cref="LoadRow"/>.</summary>
    public RowPage NewSingleRow() => new(1, rowWidth, hasWeights);

    public void Dispose() => _file?.Dispose();

    private long BytesOf(int pages, int perRow) => (long)pages * RowsPerPage * (rowWidth + perRow) * sizeof(float);

    private void MoveToFile()
    {
        _file = new PageFile(resources.TemporaryFolder);
        _pages.ForEach(_file.Append);
        _pages.Clear();
    }
}
