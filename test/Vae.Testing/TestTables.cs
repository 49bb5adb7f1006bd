using Vae.Data;

namespace Vae.Testing;

/// <summary>Tables whose rows have two hidden causes.</summary>
public static class TestTables
{
    /// <summary>Rows of <see cref="TestLayouts.Mixed"/>: every value follows from two hidden numbers and some noise.</summary>
    public static MatrixRows Mixed(int rows, int seed = 1, double missing = 0.05) =>
        new(TestLayouts.Mixed, MixedValues(rows, seed, missing));

    /// <inheritdoc cref="Mixed"/>
    public static float[] MixedValues(int rows, int seed = 1, double missing = 0.05)
    {
        var layout = TestLayouts.Mixed;
        var random = new Random(seed);
        var values = new float[rows * layout.RowWidth];
        for (int row = 0; row < rows; row++)
        {
            double[] causes = [Normal(random), Normal(random)];
            foreach (var group in layout.Groups)
            {
                var slots = values.AsSpan(row * layout.RowWidth + group.Start, group.Length);
                if (group.Kind == FeatureKind.OneHot)
                    slots[(int)(Math.Clamp(Math.Abs(causes[group.Start % 2]) / 2, 0, 0.999) * slots.Length)] = 1;
                for (int i = 0; i < slots.Length; i++)
                {
                    int slot = group.Start + i;
                    double signal = Math.Sin(slot) * causes[0] + Math.Cos(slot) * causes[1] + 0.3 * Normal(random);
                    if (group.Kind == FeatureKind.Numeric) slots[i] = (float)(10 * (i + 1) + (i + 1) * signal);
                    if (group.Kind == FeatureKind.Binary) slots[i] = signal > 0 ? 1 : 0;
                }

                if (random.NextDouble() < missing) slots.Fill(float.NaN);
            }
        }

        return values;
    }

    /// <summary>Rows of any layout. Where values are missing, it is each on its own.</summary>
    public static MatrixRows Rows(FeatureLayout layout, int count, bool missing = false, bool weighted = false, int seed = 1)
    {
        var random = new Random(seed);
        var values = new float[count * layout.RowWidth];
        for (int row = 0; row < count; row++)
        {
            double first = Normal(random);
            double second = Normal(random);
            var groups = layout.Groups.Concat(layout.Conditions).ToArray();
            foreach (var group in groups)
            {
                var slots = values.AsSpan(row * layout.RowWidth + group.Start, group.Length);
                if (group.Kind == FeatureKind.OneHot)
                {
                    int chosen = (int)Math.Clamp((first + 0.3 * Normal(random) + 2) / 4 * group.Length, 0, group.Length - 1);
                    if (!missing || random.NextDouble() > 0.15) slots[chosen] = 1;
                    continue;
                }

                for (int slot = 0; slot < slots.Length; slot++)
                {
                    double hidden = Math.Cos(slot + group.Start) * first + Math.Sin(slot + group.Start) * second;
                    slots[slot] = group.Kind == FeatureKind.Binary
                        ? random.NextDouble() < 1 / (1 + Math.Exp(-2 * hidden)) ? 1 : 0
                        : (float)(3 + 2 * hidden + 0.3 * Normal(random));
                    if (missing && random.NextDouble() < 0.15) slots[slot] = float.NaN;
                }
            }
        }

        float[] weights = weighted ? [.. Enumerable.Range(0, count).Select(_ => (float)(0.2 + random.NextDouble()))] : [];
        return new MatrixRows(layout, values, weights);
    }

    /// <summary>Numeric rows without structure.</summary>
    public static MatrixRows Noise(int rows, int columns, int seed = 1)
    {
        var random = new Random(seed);
        float[] values = [.. Enumerable.Range(0, rows * columns).Select(_ => (float)Normal(random))];
        return new MatrixRows(FeatureLayout.Numeric(columns), values);
    }

    public static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
