using Vae.Data;
using Vae.Numerics.RandomNumbers;
using Vae.Options;

namespace Vae.Training.Rows;

/// <summary>Takes a row of a table (NaN where missing) and its weight.</summary>
internal delegate void TrainingRowAction(ReadOnlySpan<float> row, double weight);

/// <summary>A table's rows, split into those to train on and those that are held out of training: one bit per row.</summary>
internal sealed class DataSplit
{
    private readonly ulong[] _heldOut;
    private readonly double _trainingScale = 1;
    private readonly double _heldOutScale = 1;

    /// <summary>
    /// Holds out exactly round(fraction·rows) rows, or as many as leave two (Knuth's selection sampling). Where those held out would all
    /// weigh 0, none are.
    /// </summary>
    /// <exception cref="ArgumentException">The weights of all training rows are 0.</exception>
    public DataSplit(RowTable table, double fraction, ulong seed)
    {
        Table = table;
        int wanted = (int)Math.Round(fraction * table.Count, MidpointRounding.AwayFromZero);
        HoldsOutFewerRows = wanted > table.Count - 2;
        if (HoldsOutFewerRows) wanted = table.Count - 2;
        _heldOut = new ulong[(table.Count + 63) / 64];
        Span<float> random = stackalloc float[64];
        for (int row = 0; row < table.Count && ValidationRows < wanted; row++)
        {
            if (row % random.Length == 0) CounterRandom.FillUniform(seed, RandomStreams.Split, (ulong)row, random);
            if ((double)random[row % random.Length] * (table.Count - row) >= wanted - ValidationRows) continue;
            _heldOut[row / 64] |= 1UL << (row % 64);
            ValidationRows++;
        }

        if (!table.HasWeights) return;
        var (heldOut, training) = SumsOfWeights();
        if (heldOut > 0)
        {
            _heldOutScale = ValidationRows / heldOut;
        }
        else
        {
            Array.Clear(_heldOut);
            ValidationRows = 0;
        }

        _trainingScale = training > 0 ? TrainingRows / training : throw new ArgumentException("The weights of all training rows are 0.");
    }

    public RowTable Table { get; }

    public FeatureLayout Layout => Table.Layout;

    /// <summary>The number of rows to train on.</summary>
    public int TrainingRows => Table.Count - ValidationRows;

    /// <summary>The number of rows that are held out.</summary>
    public int ValidationRows { get; private set; }

    /// <summary>Whether fewer rows are held out than the fraction asks for, because too few would be left to train on.</summary>
    public bool HoldsOutFewerRows { get; }

    /// <summary>The factor that makes the weights of the held-out rows, or those of the training rows, 1 on average.</summary>
    public double WeightScale(bool heldOut) => heldOut ? _heldOutScale : _trainingScale;

    /// <summary>Whether a row is held out.</summary>
    public bool IsHeldOut(int row) => (_heldOut[row / 64] >> (row % 64) & 1) != 0;

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
