using Vae.Data;

namespace Vae.Reports.Rows;

/// <summary>One reading of a table: the modelled values of each row, and the cells of the columns that were asked for besides.</summary>
internal interface IReportRows : IDisposable
{
    /// <summary>What the slots of a row mean.</summary>
    FeatureLayout Layout { get; }

    /// <summary>The columns besides.</summary>
    IReadOnlyList<CellColumn> Columns { get; }

    /// <summary>Reads the next row.</summary>
    /// <param name="row">Receives <see cref="FeatureLayout.RowWidth"/> values in original units, NaN where missing.</param>
    /// <param name="cells">Receives one cell for each of <see cref="Columns"/>.</param>
    /// <returns>Whether there was one.</returns>
    bool Read(Span<float> row, Span<Cell> cells);
}

/// <summary>A column that is not modelled: a label, a cluster, a name.</summary>
internal sealed record CellColumn(string Name, bool IsNumber);

/// <summary>A value of a <see cref="CellColumn"/>: a number (NaN where missing), or a text (null where missing).</summary>
internal readonly record struct Cell(double Number, string? Text)
{
    public static Cell Of(double number) => new(number, null);

    public static Cell Of(string? text) => new(double.NaN, string.IsNullOrEmpty(text) ? null : text);
}
