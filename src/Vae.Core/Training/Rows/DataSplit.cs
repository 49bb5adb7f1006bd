using Vae.Data;

namespace Vae.Training.Rows;

/// <summary>Takes a row of a table (NaN where missing) and its weight.</summary>
internal delegate void TrainingRowAction(ReadOnlySpan<float> row, double weight);

/// <summary>A table's rows, split into those to train on and those that are held out of training.</summary>
internal sealed class DataSplit
{
    private readonly HeldOutRows _heldOut;
    private readonly double _trainingScale = 1;
    private readonly double _heldOutScale = 1;

    /// <summary>
    /// Holds <see cref="HeldOutRows"/> out. Where those held out would all weigh 0, none are.
    /// </summary>
    /// <exception cref="ArgumentException">The weights of all training rows are 0.</exception>
    public DataSplit(RowTable table, double fraction, ulong seed)
    {
        Table = table;
        _heldOut = new HeldOutRows(table.Count, fraction, seed);
        if (!table.HasWeights) return;
        var (heldOut, training) = SumsOfWeights();
        if (heldOut > 0)
        {
            _heldOutScale = ValidationRows / heldOut;
        }
        else
        {
            _heldOut.Clear();
        }

        _trainingScale = training > 0 ? TrainingRows / training : throw new ArgumentException("The weights of all training rows are 0.");
    }

    public RowTable Table { get; }

    public FeatureLayout Layout => Table.Layout;

    /// <summary>The number of rows to train on.</summary>
    public int TrainingRows => Table.Count - ValidationRows;

    /// <summary>The number of rows that are held out.</summary>
    public int ValidationRows => _heldOut.Count;

    /// <inheritdoc cref="HeldOutRows.AreFewer"/>
    public bool HoldsOutFewerRows => _heldOut.AreFewer;

    /// <summary>The factor that makes the weights of the held-out rows, or those of the training rows, 1 on average.</summary>
    public double WeightScale(bool heldOut) => heldOut ? _heldOutScale : _trainingScale;

    /// <summary>Whether a row is held out.</summary>
    public bool IsHeldOut(int row) => _heldOut.Contains(row);

    /// <summary>Calls the action with every page of the table, in order; the page is valid until the action returns.</summary>
    public void ForEachPage(Action<RowPage> action)
    {
        var pages = Table.Pages;
        var buffer = pages.CreateBuffer();
        for (int number = 0; number < pages.Count; number++)
        {
            Table.CancellationToken.ThrowIfCancellationRequested();
            action(pages.Load(number, buffer));
        }
    }

    /// <summary>Calls the action with the held-out rows (NaN where missing) of a page, or with the training rows, and weights.</summary>
    public void ForEachRow(RowPage page, bool heldOut, TrainingRowAction action)
    {
        for (int row = 0; row < page.Count; row++)
        {
            if (IsHeldOut(page.First + row) == heldOut) action(page[row], page.Weight(row));
        }
    }

    private (double HeldOut, double Training) SumsOfWeights()
    {
        double heldOut = 0;
        double training = 0;
        ForEachPage(page =>
        {
            ForEachRow(page, heldOut: true, (_, weight) => heldOut += weight);
            ForEachRow(page, heldOut: false, (_, weight) => training += weight);
        });
        return (heldOut, training);
    }
}
