namespace Vae.Training.Rows;

/// <summary>The rows of a table, checked, kept page by page where they can be read again quickly.</summary>
internal interface IRowStore : IDisposable
{
    /// <summary>The number of pages.</summary>
    int PageCount { get; }

    /// <summary>The largest number of pages that may be held at a time.</summary>
    int PagesPerWindow { get; }

    /// <summary>Adds a full page, or the last one.</summary>
    /// <returns>The page, emptied, if the store does not keep it; else null.</returns>
    RowPage? Append(RowPage page);

    /// <summary>A page to read into, for <see cref="Load"/>; null if the store needs none.</summary>
    RowPage? CreateBuffer();

    /// <summary>Gets a page.</summary>
    /// <param name="page">The number of the page.</param>
    /// <param name="buffer">A page of <see cref="CreateBuffer"/>, which may be filled, and then is returned.</param>
    /// <returns>The page; valid until the buffer is used again.</returns>
    RowPage Load(int page, RowPage? buffer);
}
