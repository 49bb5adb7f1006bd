using FluentAssertions;
using Vae.Data;
using Vae.Samples;
using Xunit;

namespace Vae.Build.Tests;

/// <summary>What samples, studies and benchmarks share.</summary>
public class SampleStatisticsTests
{
    [Fact]
    public void A_table_is_read_with_quotes_categories_and_missing_values()
    {
        using var folder = new TemporaryFolder();
        var table = LabelledTable.Read(folder.Write(
            "fruit.csv", "weight,colour,class\n1.5,\"red, or \"\"pink\"\"\",b\n?,green,a\n-2e3,,b\n"));

        table.Name.Should().Be("fruit");
        table.Layout.Groups.Select(group => (group.Name, group.Kind)).Should().Equal(
            ("weight", FeatureKind.Numeric), ("colour", FeatureKind.OneHot));
        table.Layout.Groups[1].SlotNames.Should().Equal("green", "red, or \"pink\"");
        table.Values.Should().Equal(1.5f, 0, 1, float.NaN, 1, 0, -2000, 0, 0);
        table.Classes.Should().Equal("a", "b");
        table.Labels.Should().Equal(1, 0, 1);
        table.Against("a").Labels.Should().Equal(0, 1, 0);
    }

    [Fact]
    public void A_line_with_too_few_cells_is_an_error()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("fruit.csv", "weight,colour,class\n1,red,a\n2,b\n");
        FluentActions.Invoking(() => LabelledTable.Read(path)).Should().Throw<Exception>().WithMessage("*column*");
    }

    [Fact]
    public void The_components_of_two_slots_are_their_sum_and_their_difference()
    {
        float[] rows = [0, 10, 1, 30, 2, 20, 3, 40];
        var components = new PrincipalComponents(FeatureLayout.Numeric(2), rows, 2);

        // The standardized values by hand: (v − 1.5) / √1.25 and (w − 25) / √125; a missing one is the mean, 0.
        float[] asked = [.. rows, float.NaN, 40];
        var embedding = components.Encode(asked);
        for (int row = 0; row < embedding.Count; row++)
        {
            double x = float.IsNaN(asked[2 * row]) ? 0 : (asked[2 * row] - 1.5) / Math.Sqrt(1.25);
            double y = (asked[2 * row + 1] - 25) / Math.Sqrt(125);
            Math.Abs(embedding.Row(row)[0]).Should().BeApproximately((float)Math.Abs((x + y) / Math.Sqrt(2)), 1e-5f);
            Math.Abs(embedding.Row(row)[1]).Should().BeApproximately((float)Math.Abs((x - y) / Math.Sqrt(2)), 1e-5f);
        }
    }

    [Fact]
    public void Two_classes_with_two_votes_each_are_told_apart_by_order_or_by_distance()
    {
        Point[] points = [new(1, 0), new(2, 0), new(3, 0), new(4, 0), new(5, 0), new(0, 0)];
        int[] classes = [2, 0, 1, 0, 2, 2];
        bool[] heldOut = [false, false, false, false, false, true];

        NearestNeighbours.CountCorrect(points, classes, heldOut).Should().Be(1, "the nearest is of class 2");
        NearestNeighbours.CountCorrect(Point.ToPairs(points[..5]), classes[..5], Point.ToPairs(points[5..]), classes[5..])
            .Should().Be(0, "class 0 comes first");
    }
}
