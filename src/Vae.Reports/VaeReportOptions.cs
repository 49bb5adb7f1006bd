namespace Vae.Reports;

/// <summary>What a report shows, and of how many rows.</summary>
public sealed record VaeReportOptions
{
    private const int MostDrawnRows = 10_000;
    private const int MostUnusualRows = 200;

    /// <summary>The page's title.</summary>
    public string Title { get; init; } = "What the autoencoder sees";

    /// <summary>
    /// The columns that the map can be coloured by, the first of them at first: a label, a cluster, a score, an input. Numbers, text,
    /// booleans and keys; a column with few different whole numbers counts as categories. Inputs and score are offered besides.
    /// </summary>
    public IReadOnlyList<string> ColorBy { get; init; } = [];

    /// <summary>The column that names the rows; null for their numbers, counted from 1.</summary>
    public string? NameColumn { get; init; }

    /// <summary>
    /// The rows, at most, that are drawn as dots, from 1 to 10,000. Of a longer table they are drawn at random, always the same ones, and
    /// the page says so; everything that is counted is counted over all rows.
    /// </summary>
    public int DrawnRows { get; init; } = 4000;

    /// <summary>
    /// The rows with the highest scores that are listed with their reasons, from 0 to 200. The reasons take time in a wide table, since
    /// each value is compared with what the others let expect.
    /// </summary>
    public int UnusualRows { get; init; } = 20;

    /// <summary>Ends the work with an <see cref="OperationCanceledException"/>.</summary>
    public CancellationToken CancellationToken { get; init; }

    /// <summary>The columns that are read besides those of the model.</summary>
    internal IEnumerable<string> ColumnNames => NameColumn is null ? ColorBy : ColorBy.Append(NameColumn);

    /// <summary>Checks all values.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is not valid; the message names it.</exception>
    internal void Validate()
    {
        if (string.IsNullOrWhiteSpace(Title))
            throw new ArgumentOutOfRangeException(nameof(Title), Title, $"The option {nameof(Title)} must not be empty.");
        ArgumentOutOfRangeException.ThrowIfLessThan(DrawnRows, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(DrawnRows, MostDrawnRows);
        ArgumentOutOfRangeException.ThrowIfNegative(UnusualRows);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(UnusualRows, MostUnusualRows);
    }
}
