using System.Globalization;
using Vae.Features;

namespace Vae.Training;

/// <summary>All rows of a table in memory, checked, with missing one-hot groups marked as NaN.</summary>
internal sealed class RowStore
{
    private const int RowsPerPage = 1 << 14;

    private readonly List<float[]> _pages = [];
    private readonly List<float> _weights = [];

    /// <summary>Reads a table to its end.</summary>
    /// <exception cref="ArgumentException">A row or weight is not valid, or the table has fewer than two rows or no observed value.</exception>
    public RowStore(IFeatureRows rows, CancellationToken cancellation)
    {
        Layout = rows.Layout;
        var preparation = new RowPreparation(Layout);
        int width = Layout.RowWidth;
        bool anyObserved = false;
        using var reader = rows.Open();
        var page = new float[RowsPerPage * width];
        var weights = new float[rows.HasWeights ? RowsPerPage : 0];
        int filled = 0;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            int read = reader.Read(page.AsSpan(filled * width), weights.AsSpan(rows.HasWeights ? filled : 0));
            for (int i = filled; i < filled + read; i++)
            {
                var row = page.AsSpan(i * width, width);
                preparation.Check(row, Count);
                bool missing = preparation.MarkMissing(row);
                AnyMissing |= missing;
                anyObserved = anyObserved || !missing || row[..Layout.SlotCount].ContainsAnyInRange(float.MinValue, float.MaxValue);
                if (rows.HasWeights) _weights.Add(CheckWeight(weights[i]));
                Count++;
            }

            filled += read;
            if (filled == RowsPerPage || (read == 0 && filled > 0))
            {
                _pages.Add(filled == RowsPerPage ? page : page[..(filled * width)]);
                page = new float[RowsPerPage * width];
                filled = 0;
            }

            if (read == 0) break;
        }

        if (Count < 2) throw new ArgumentException($"The table has {(Count == 0 ? "no rows" : "one row")}; a VAE needs at least two to train on.", nameof(rows));
        if (!anyObserved) throw new ArgumentException("Every value of the table is missing; there is nothing to train on.", nameof(rows));
    }

    public FeatureLayout Layout { get; }

    public int Count { get; private set; }

    /// <summary>Whether any modelled value is missing.</summary>
    public bool AnyMissing { get; private set; }

    /// <summary>A row in original units, NaN where missing.</summary>
    public ReadOnlySpan<float> this[int row] => _pages[row / RowsPerPage].AsSpan(row % RowsPerPage * Layout.RowWidth, Layout.RowWidth);

    /// <summary>The weight of a row; 1 if the table has no weights.</summary>
    public float Weight(int row) => _weights.Count == 0 ? 1 : _weights[row];

    private float CheckWeight(float weight) => weight >= 0 && float.IsFinite(weight)
        ? weight
        : throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"The weight {weight} of row {Count} is not a finite number ≥ 0."));
}
