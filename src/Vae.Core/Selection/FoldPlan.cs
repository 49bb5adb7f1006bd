using Vae.Data;
using Vae.Numerics.RandomNumbers;
using Vae.Options;
using Vae.Training;
using Vae.Training.Rows;

namespace Vae.Selection;

/// <summary>The table, checked and cut into folds, and in memory where there is room.</summary>
internal sealed class FoldPlan
{
    private readonly IFeatureRows _rows;
    private readonly byte[] _folds;

    /// <summary>Reads the table once.</summary>
    /// <exception cref="ArgumentException">A row is not valid, or there are too few.</exception>
    public FoldPlan(IFeatureRows rows, SelectionOptions options, TrainingContext context)
    {
        var values = new List<float>();
        var weights = new List<float>();
        bool fits = true;
        var preparation = new RowPreparation(rows.Layout);
        var clean = new float[rows.Layout.RowWidth];
        new SelectedRows(rows, _ => true).ForEach(
            (row, weight, number) =>
            {
                row.CopyTo(clean);
                preparation.Clean(clean, number);
                RowTable.CheckWeight(weight, number);
                Count = number + 1;
                fits = fits && (long)Count * (row.Length + 1) * sizeof(float) <= context.MemoryBudget;
                if (!fits) return;
                values.AddRange(row);
                weights.Add(weight);
            },
            context.CancellationToken);
        if (Count < 2 * options.Folds)
        {
            throw new ArgumentException(
                $"The option {nameof(SelectionOptions.Folds)} is {options.Folds}, which takes at least {2 * options.Folds} rows, "
                + $"but the table has {Count}.");
        }

        _rows = fits ? new MatrixRows(rows.Layout, values.ToArray(), rows.HasWeights ? weights.ToArray() : default) : rows;
        _folds = Assign(Count, options);
    }

    /// <summary>The number of rows.</summary>
    public int Count { get; private set; }

    /// <summary>One of the folds.</summary>
    public SelectionFold this[int fold] =>
        new(fold, Rows(fold, heldOut: false), Rows(fold, heldOut: true), row => _folds[row] == fold);

    /// <summary>The rows of a fold, or those of all others.</summary>
    public SelectedRows Rows(int fold, bool heldOut) => new(_rows, row => _folds[row] == fold == heldOut);

    /// <summary>The number of rows of a fold.</summary>
    public int CountOf(int fold) => _folds.Count(other => other == fold);

    private static byte[] Assign(int count, SelectionOptions options)
    {
        int[] rows = [.. Enumerable.Range(0, count)];
        float[] keys = new float[count];
        CounterRandom.FillUniform((ulong)options.Seed, RandomStreams.Folds, 0, keys);
        Array.Sort(keys, rows);
        byte[] folds = new byte[count];
        for (int i = 0; i < count; i++)
            folds[rows[i]] = (byte)(i % options.Folds);
        return folds;
    }
}
