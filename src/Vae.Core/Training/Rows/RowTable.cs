using System.Globalization;
using Vae.Data;

namespace Vae.Training.Rows;

/// <summary>A whole table: read once, checked, with missing one-hot groups marked as NaN; in memory while it fits, else in a temporary file.</summary>
internal sealed class RowTable : IDisposable
{
    private const int PageBytes = 1 << 20;

    private readonly TrainingContext _context;
    private readonly RowPreparation _preparation;
    private IRowStore _store;
    private bool _anyObserved;

    private RowTable(FeatureLayout layout, bool hasWeights, TrainingContext context)
    {
        Layout = layout;
        HasWeights = hasWeights;
        _context = context;
        _preparation = new RowPreparation(layout);
        RowsPerPage = Math.Max(64, PageBytes / sizeof(float) / layout.RowWidth);
        _store = new MemoryRowStore();
    }

    public FeatureLayout Layout { get; }

    /// <summary>The number of rows of every page but the last.</summary>
    public int RowsPerPage { get; }

    /// <summary>Whether rows have weights of their own.</summary>
    public bool HasWeights { get; }

    public int Count { get; private set; }

    /// <summary>Whether any modelled value is missing.</summary>
    public bool AnyMissing { get; private set; }

    /// <summary>The pages.</summary>
    public IRowStore Store => _store;

    /// <summary>Reads a table to its end.</summary>
    /// <exception cref="ArgumentException">A row or weight is not valid, or the table has fewer than two rows or no observed value.</exception>
    public static RowTable Read(IFeatureRows rows, TrainingContext context)
    {
        var table = new RowTable(rows.Layout, rows.HasWeights, context);
        try
        {
            table.ReadAll(rows);
            return table;
        }
        catch
        {
            table.Dispose();
            throw;
        }
    }

    /// <summary>Calls the action with every row that is not held out (NaN where missing) and its weight, in their order.</summary>
    public void ForEachTrainingRow(HeldOutRows heldOut, Action<ReadOnlySpan<float>, double> action)
    {
        var buffer = _store.CreateBuffer();
        for (int number = 0; number < _store.PageCount; number++)
        {
            var page = _store.Load(number, buffer);
            for (int row = 0; row < page.Count; row++)
            {
                if (!heldOut.Contains(page.First + row)) action(page[row], page.Weight(row));
            }
        }
    }

    public void Dispose() => _store.Dispose();

    private void ReadAll(IFeatureRows rows)
    {
        int width = Layout.RowWidth;
        using var reader = rows.Open();
        var page = NewPage();
        while (true)
        {
            _context.CancellationToken.ThrowIfCancellationRequested();
            int read = reader.Read(page.Values.AsSpan(page.Count * width), HasWeights ? page.Weights.AsSpan(page.Count) : default);
            if (read == 0) break;
            for (int i = 0; i < read; i++)
                Take(page, page.Count++);
            if (page.Count == RowsPerPage) page = Append(page) ?? NewPage();
        }

        if (page.Count > 0) Append(page);
        if (Count < 2) throw new ArgumentException($"The table has {(Count == 0 ? "no rows" : "one row")}; a VAE needs at least two to train on.", nameof(rows));
        if (!_anyObserved) throw new ArgumentException("Every value of the table is missing; there is nothing to train on.", nameof(rows));
    }

    private void Take(RowPage page, int index)
    {
        var row = page[index];
        AnyMissing |= _preparation.Clean(row, Count);
        _anyObserved = _anyObserved || Layout.IsAnyObserved(row);
        if (HasWeights && !(page.Weights[index] >= 0 && float.IsFinite(page.Weights[index])))
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture, $"The weight {page.Weights[index]} of row {Count} is not a finite number ≥ 0."));
        }

        Count = checked(Count + 1);
    }

    private RowPage NewPage() => new(RowsPerPage, Layout.RowWidth, HasWeights);

    /// <summary>Stores a page; gives back one that can be filled again, or null.</summary>
    private RowPage? Append(RowPage page)
    {
        long bytes = (long)(_store.PageCount + 1) * RowsPerPage * (Layout.RowWidth + 2) * sizeof(float);
        if (_store is MemoryRowStore memory && bytes > _context.MemoryBudget) _store = MoveToFile(memory);
        page.First = _store.PageCount * RowsPerPage;
        return _store.Append(page);
    }

    private FileRowStore MoveToFile(MemoryRowStore memory)
    {
        const int windowsPerBudget = 4;
        var file = new FileRowStore(NewPage, _context.TemporaryFolder, _context.MemoryBudget / windowsPerBudget);
        for (int page = 0; page < memory.PageCount; page++)
            file.Append(memory.Load(page, null));
        return file;
    }
}
