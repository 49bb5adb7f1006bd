using Vae.Data;
using Vae.Training.Rows;

namespace Vae.Imputation;

/// <summary>
/// Numbers of rows that a model was not trained on, hidden and filled with means: by that model, and by the next one of an imputer.
/// </summary>
internal sealed class HeldOutCells
{
    private const int Samples = 50;
    private const int MostRows = 128;

    /// <summary>In how many parts a row's values are hidden, one after the other.</summary>
    private const int Parts = 5;

    private readonly int[] _slots;

    /// <param name="parts">The models.</param>
    /// <param name="rows">The rows that they were trained on, with those that were held out.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public HeldOutCells(ImputerPart[] parts, IFeatureRows rows, CancellationToken cancellationToken)
    {
        _slots = parts[0].Model.Layout.NumericSlots;
        Numbers = Array.ConvertAll(_slots, _ => new List<HeldOutCell>());
        var options = new ImputationOptions { Samples = Samples };
        var imputers = Array.ConvertAll(parts, part => new RowImputer([part], options));
        for (int i = 0; i < parts.Length; i++)
        {
            var (history, model) = (parts[i].Model.History, parts[i].Model.Options);
            if (history.ValidationRows == 0) continue;
            var heldOut = new HeldOutRows(
                (int)(history.TrainingRows + history.ValidationRows), model.ValidationFraction, (ulong)model.Seed);
            Add(new SelectedRows(rows, heldOut.Contains), heldOut.Count, imputers[i], imputers[(i + 1) % parts.Length], cancellationToken);
        }
    }

    /// <summary>The cells of each numeric slot.</summary>
    public List<HeldOutCell>[] Numbers { get; }

    /// <summary>
    /// Whether the means are nearer to what was observed than others of the same cells are: squared errors in variances of their column,
    /// by more than the standard error of their mean difference.
    /// </summary>
    public bool AreBetterThan(HeldOutCells others)
    {
        double sum = 0, squares = 0;
        long count = 0;
        for (int number = 0; number < Numbers.Length; number++)
        {
            var cells = Numbers[number];
            if (cells.Count == 0) continue;
            double centre = cells.Average(cell => cell.Observed);
            double variance = cells.Average(cell => Math.Pow(cell.Observed - centre, 2));
            if (variance <= 0) continue;
            for (int i = 0; i < cells.Count; i++, count++)
            {
                double gain = (others.Numbers[number][i].SquaredError - cells[i].SquaredError) / variance;
                sum += gain;
                squares += gain * gain;
            }
        }

        return sum > Math.Sqrt(Math.Max(0, squares - sum * sum / Math.Max(1, count)));
    }

    /// <summary>Hides one part of a row after another.</summary>
    private void Add(SelectedRows rows, int heldOut, RowImputer imputer, RowImputer other, CancellationToken cancellationToken)
    {
        var features = rows.Layout.Features;
        float[] gaps = new float[rows.Layout.RowWidth];
        float[] filled = new float[gaps.Length];
        float[] otherwise = new float[gaps.Length];
        int step = Math.Max(1, heldOut / MostRows);
        int count = 0;
        rows.ForEach(Hide, cancellationToken);

        void Hide(ReadOnlySpan<float> row, float weight, int number)
        {
            if (weight == 0 || count++ % step != 0) return;
            for (int part = 0; part < Parts; part++)
            {
                row.CopyTo(gaps);
                for (int i = (part + number) % Parts; i < features.Count; i += Parts)
                    features[i].Of(gaps.AsSpan()).Fill(float.NaN);
                imputer.Fill(gaps, number, filled, default);
                other.Fill(gaps, number, otherwise, default);
                for (int i = 0; i < _slots.Length; i++)
                {
                    bool isHidden = float.IsNaN(gaps[_slots[i]]) && float.IsFinite(row[_slots[i]]);
                    if (isHidden) Numbers[i].Add(new HeldOutCell(row[_slots[i]], filled[_slots[i]], otherwise[_slots[i]]));
                }
            }
        }
    }
}

/// <summary>A number that was hidden.</summary>
/// <param name="Observed">What it is, in original units.</param>
/// <param name="Mean">What the model that has not seen the row fills it with.</param>
/// <param name="OtherMean">What another model fills it with.</param>
internal readonly record struct HeldOutCell(double Observed, double Mean, double OtherMean)
{
    public double SquaredError => (Observed - Mean) * (Observed - Mean);
}
