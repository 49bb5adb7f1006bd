using Vae.Data;

namespace Vae.TorchSharp.Tests;

/// <summary>Small tables with some structure, made from a seed.</summary>
internal static class TestTables
{
    /// <summary>Numeric slots only.</summary>
    public static FeatureLayout Numeric => FeatureLayout.Numeric(7);

    /// <summary>No numeric slot.</summary>
    public static FeatureLayout Categorical => new FeatureLayoutBuilder().Binary("b", ["b0", "b1"]).OneHot("c", 3).OneHot("d", 5).Build();

    /// <summary>Every kind of group, out of order, so that no kind's slots are neighbours.</summary>
    public static FeatureLayout Mixed => new FeatureLayoutBuilder()
        .Numeric("x", 2).OneHot("c", 3).Binary("b").Numeric("y", 3).OneHot("d", 5).Numeric("z").Binary("e").Build();

    /// <summary><see cref="Mixed"/> with conditions.</summary>
    public static FeatureLayout Conditional => new FeatureLayoutBuilder()
        .Numeric("x", 3).OneHot("c", 3).Binary("b").Conditions().Numeric("u").OneHot("v", 2).Build();

    /// <summary>Rows that follow two hidden variables.</summary>
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

        return new MatrixRows(layout, values, weighted ? Enumerable.Range(0, count).Select(_ => (float)(0.2 + random.NextDouble())).ToArray() : default);
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
