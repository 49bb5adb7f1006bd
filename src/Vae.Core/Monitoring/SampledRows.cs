using Vae.Data;
using Vae.Inference;

namespace Vae.Monitoring;

/// <summary>
/// Rows of a table, evenly spaced, as a model sees them: values slot by slot, latent means, scores. Whatever the length of the table, at
/// most a number of them is kept.
/// </summary>
internal sealed class SampledRows
{
    private readonly VaeModel _model;
    private readonly RowPreparation _preparation;
    private readonly List<float[]> _rows = [];

    private SampledRows(VaeModel model)
    {
        _model = model;
        _preparation = new RowPreparation(model.Layout);
    }

    /// <summary>The number of rows that were kept.</summary>
    public int Count => _rows.Count;

    /// <summary>Reads a table to its end.</summary>
    /// <exception cref="ArgumentException">It has another layout than the model, no rows, or a row that is not valid.</exception>
    public static SampledRows Read(VaeModel model, IFeatureRows rows, int most)
    {
        if (!rows.Layout.Equals(model.Layout))
            throw new ArgumentException("The rows have another layout than the model.", nameof(rows));
        var sample = new SampledRows(model);
        int stride = 1;
        int number = 0;
        using var reader = rows.Open();
        float[] buffer = new float[RowEncoder.BlockRows * model.Layout.RowWidth];
        float[] weights = new float[rows.HasWeights ? RowEncoder.BlockRows : 0];
        for (int count = reader.Read(buffer, weights); count > 0; count = reader.Read(buffer, weights))
        {
            for (int row = 0; row < count; row++)
            {
                if (number++ % stride != 0) continue;
                if (sample.Count == most) stride = sample.Thin(stride);
                if ((number - 1) % stride == 0) sample._rows.Add(sample.Clean(buffer.AsSpan(row * model.Layout.RowWidth), number - 1));
            }
        }

        return sample.Count > 0 ? sample : throw new ArgumentException("There are no rows to compare.", nameof(rows));
    }

    /// <summary>The observed values of a slot, in ascending order.</summary>
    public float[] Values(int slot)
    {
        float[] values = [.. _rows.Select(row => row[slot]).Where(value => !float.IsNaN(value))];
        Array.Sort(values);
        return values;
    }

    /// <summary>
    /// How often each category of a one-hot feature was there, or no and yes of a binary one, or any number; the last is how often it was
    /// missing.
    /// </summary>
    public int[] Counts(Feature feature)
    {
        int[] counts = new int[feature.CategoryCount + 1];
        foreach (float[] row in _rows)
            counts[feature.CategoryOf(row)]++;
        return counts;
    }

    /// <summary>μ of each dimension over the rows and, last, the scores: each in ascending order.</summary>
    public float[][] Measure()
    {
        int k = _model.LatentDimension;
        float[] means = new float[Count * k];
        float[] scores = new float[Count];
        _model.Evaluator.Evaluate([.. _rows.SelectMany(row => row)], Count, new RowOutputs { Means = means, Scores = scores });
        float[][] columns = [.. Enumerable.Range(0, k).Select(d => means.Where((_, i) => i % k == d).ToArray()), scores];
        Array.ForEach(columns, Array.Sort);
        return columns;
    }

    private float[] Clean(ReadOnlySpan<float> row, int number)
    {
        float[] clean = row[.._model.Layout.RowWidth].ToArray();
        _preparation.Clean(clean, number);
        return clean;
    }

    /// <summary>Drops every other row.</summary>
    private int Thin(int stride)
    {
        int kept = (Count + 1) / 2;
        for (int i = 0; i < kept; i++)
            _rows[i] = _rows[2 * i];
        _rows.RemoveRange(kept, Count - kept);
        return 2 * stride;
    }
}
