using System.Globalization;
using Vae.Data;

namespace Vae.Training.Rows;

/// <summary>A whole table: read once, checked, with missing one-hot groups marked as NaN, and kept page by page.</summary>
internal sealed class RowTable : IDisposable
{
    /// <summary>How many rows are asked for at a time: a slow source must not put off a cancellation for long.</summary>
    private const int RowsPerRead = 256;

    private readonly RowPreparation _preparation;
    private bool _anyObserved;

    private RowTable(IFeatureRows rows, TableResources resources)
    {
        Layout = rows.Layout;
        HasWeights = rows.HasWeights;
        CancellationToken = resources.CancellationToken;
        Pages = new PageStore(Layout.RowWidth, HasWeights, resources);
        _preparation = new RowPreparation(Layout);
    }

    public FeatureLayout Layout { get; }

    /// <summary>Whether rows have weights of their own.</summary>
    public bool HasWeights { get; }

    /// <summary>The number of rows.</summary>
    public int Count { get; private set; }

    /// <summary>Whether any modelled value is missing.</summary>
    public bool AnyMissing { get; private set; }

    public PageStore Pages { get; }

    /// <summary>Ends the reading of the table, and every later pass over all of it.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>Reads a table to its end.</summary>
    /// <exception cref="ArgumentException">
    /// A row or weight is not valid, or the table has fewer than two rows or no observed value.
    /// </exception>
    public static RowTable Read(IFeatureRows rows, TableResources resources)
    {
        var table = new RowTable(rows, resources);
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

    /// <summary>Checks the weight of a row.</summary>
    /// <exception cref="ArgumentException">It is not valid; the message names the row.</exception>
    public static void CheckWeight(float weight, int row)
    {
        if (weight >= 0 && float.IsFinite(weight)) return;
        throw new ArgumentException(
            string.Create(CultureInfo.InvariantCulture, $"The weight {weight} of row {row} is not a finite number ≥ 0."));
    }

    public void Dispose() => Pages.Dispose();

    private void ReadAll(IFeatureRows rows)
    {
        using var reader = rows.Open();
        var page = Pages.NewPage();
        while (true)
        {
            CancellationToken.ThrowIfCancellationRequested();
            int wanted = Math.Min(RowsPerRead, Pages.RowsPerPage - page.Count);
            int read = reader.Read(
                page.Values.AsSpan(page.Count * Layout.RowWidth, wanted * Layout.RowWidth),
                HasWeights ? page.Weights.AsSpan(page.Count, wanted) : default);
            if (read == 0) break;
            for (int i = 0; i < read; i++)
                Take(page, page.Count++);
            if (page.Count == Pages.RowsPerPage) page = Pages.Append(page) ?? Pages.NewPage();
        }

        if (page.Count > 0) Pages.Append(page);
        if (Count < 2)
        {
            throw new ArgumentException(
                $"The table has {(Count == 0 ? "no rows" : "one row")}; a VAE needs at least two to train on.", nameof(rows));
        }

        if (!_anyObserved) throw new ArgumentException("Every value of the table is missing; there is nothing to train on.", nameof(rows));
    }

    private void Take(RowPage page, int index)
    {
        var row = page[index];
        AnyMissing |= _preparation.Clean(row, Count);
        _anyObserved = _anyObserved || Layout.IsAnyObserved(row);
        if (HasWeights) CheckWeight(page.Weights[index], Count);
        Count = checked(Count + 1);
    }
}

/// <summary>What a table may use while it is read and kept, and who may stop its reading.</summary>
internal sealed record TableResources
{
    /// <summary>The bytes that the rows may take in memory, unless it is given.</summary>
    public const long DefaultMemoryBudget = 512L << 20;

    /// <summary>
    /// The bytes that the rows may take in memory; a larger table goes to a temporary file. It decides what is read when and from where,
    /// and nothing else.
    /// </summary>
    public long MemoryBudget { get; init; } = DefaultMemoryBudget;

    /// <summary>The folder for the temporary file; null is the system's.</summary>
    public string? TemporaryFolder { get; init; }

    /// <summary>Looked at before every reading of rows.</summary>
    public CancellationToken CancellationToken { get; init; }
}
