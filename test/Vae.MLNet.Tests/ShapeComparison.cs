using FluentAssertions;
using Microsoft.ML;

namespace Vae.MLNet.Tests;

/// <summary>Compares what an estimator promises with what its transformer delivers.</summary>
internal static class ShapeComparison
{
    /// <summary>Both have the same columns, types and annotations.</summary>
    public static void ShouldEqual(this SchemaShape promised, SchemaShape delivered) =>
        Describe(promised).Should().Equal(Describe(delivered));

    private static string[] Describe(SchemaShape shape) =>
        [.. shape.Select(Describe).Order(StringComparer.Ordinal)];

    private static string Describe(SchemaShape.Column column) =>
        $"{column.Name}: {column.Kind} {column.ItemType} key={column.IsKey} [{string.Join("; ", Describe(column.Annotations))}]";
}
