using Vae.Data;
using Vae.Tests.Reference;

namespace Vae.Tests.Training;

/// <summary>Tables whose rows have two hidden causes.</summary>
internal static class TestTables
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
                    double signal = Math.Sin(group.Start + i) * causes[0] + Math.Cos(group.Start + i) * causes[1] + 0.3 * Normal(random);
                    if (group.Kind == FeatureKind.Numeric) slots[i] = (float)(10 * (i + 1) + (i + 1) * signal);
                    if (group.Kind == FeatureKind.Binary) slots[i] = signal > 0 ? 1 : 0;
                }

                if (random.NextDouble() < missing) slots.Fill(float.NaN);
            }
        }

        return values;
    }

    /// <summary>Numeric rows without structure.</summary>
    public static MatrixRows Noise(int rows, int columns, int seed = 1)
    {
        var random = new Random(seed);
        return new MatrixRows(FeatureLayout.Numeric(columns), Enumerable.Range(0, rows * columns).Select(_ => (float)Normal(random)).ToArray());
    }

    public static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
