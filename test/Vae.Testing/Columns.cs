using FsCheck;
using FsCheck.Fluent;
using Vae.Data;

namespace Vae.Testing;

/// <summary>Generators of the values of one group: ordinary ones, and what real tables hold.</summary>
internal static class Columns
{
    private static readonly float[] Strange =
    [
        0, -0f, 1, 1e-30f, -1e-30f, 1e30f, -1e30f, float.MaxValue, float.MinValue, float.Epsilon, -1e-40f, 1.7e9f, 1.7e9f + 128, float.NaN,
    ];

    /// <summary>The values of a group in some rows, row by row.</summary>
    /// <param name="kind">What the slots hold.</param>
    /// <param name="length">The number of slots.</param>
    /// <param name="rows">The number of rows.</param>
    public static Gen<float[]> Of(FeatureKind kind, int length, int rows) => kind switch
    {
        FeatureKind.Numeric => Numeric().ArrayOf(length)
            .Select(columns => RowByRow([.. columns.Select(values => Take(values, rows))], rows)),
        FeatureKind.Binary => Binary().ArrayOf(length * rows),
        _ => OneHot(length).ArrayOf(rows).Select(values => values.SelectMany(value => value).ToArray()),
    };

    /// <summary>Infinitely many values of one numeric slot.</summary>
    private static Gen<Func<int, float>> Numeric() => Gen.Frequency(
        (6, Gen.Choose(0, int.MaxValue).Select(seed => (Func<int, float>)(row => Ordinary(seed, row)))),
        (1, Gen.Elements(Strange).Select(value => (Func<int, float>)(_ => value))),
        (1, from scale in Gen.Elements(1e-40f, 1e-30f, 1e-6f, 1e9f, 1e30f, 3e38f)
            from seed in Gen.Choose(0, int.MaxValue)
            select (Func<int, float>)(row => Math.Clamp(scale * Ordinary(seed, row), float.MinValue, float.MaxValue))),
        (1, from values in Gen.Elements(Strange).ArrayOf(7)
            select (Func<int, float>)(row => values[row % values.Length])),
        (1, from value in Gen.Elements(1e30f, 1.7e9f, 1f)
            from seed in Gen.Choose(0, int.MaxValue)
            select (Func<int, float>)(row => value * (1 + 1e-7f * Ordinary(seed, row)))));

    private static Gen<float> Binary() => Gen.Frequency((10, Gen.Elements(0f, 1f)), (1, Gen.Constant(float.NaN)));

    private static Gen<float[]> OneHot(int length) => Gen.Frequency(
        (10, Gen.Choose(0, length - 1)
            .Select(category => Enumerable.Range(0, length).Select(slot => slot == category ? 1f : 0f).ToArray())),
        (1, Gen.Constant(new float[length])),
        (1, Gen.Constant(Enumerable.Repeat(float.NaN, length).ToArray())));

    private static float Ordinary(int seed, int row)
    {
        var random = new Random(unchecked(seed * 31 + row));
        return (float)(random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5);
    }

    private static float[] Take(Func<int, float> values, int rows) => [.. Enumerable.Range(0, rows).Select(values)];

    private static float[] RowByRow(float[][] columns, int rows) =>
        [.. Enumerable.Range(0, rows).SelectMany(row => columns.Select(column => column[row]))];
}
