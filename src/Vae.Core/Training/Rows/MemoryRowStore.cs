namespace Vae.Training.Rows;

/// <summary>Keeps all pages in memory.</summary>
internal sealed class MemoryRowStore : IRowStore
{
    private readonly List<RowPage> _pages = [];

    public int PageCount => _pages.Count;

    public int PagesPerWindow => int.MaxValue;

    public RowPage? Append(RowPage page)
    {
        _pages.Add(page);
        return null;
    }

    public RowPage? CreateBuffer() => null;

    public RowPage Load(int page, RowPage? buffer) => _pages[page];

    public void Dispose()
    {
    }
}
