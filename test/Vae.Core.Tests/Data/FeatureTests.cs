using FluentAssertions;
using Vae.Data;
using Xunit;

namespace Vae.Tests.Data;

public class FeatureTests
{
    private static readonly FeatureLayout Layout = new FeatureLayoutBuilder()
        .Numeric("size", 2)
        .OneHot("housing", "housing.own", "housing.rent")
        .OneHot("colour", "red", "colour.blue")
        .Binary("telephone")
        .Conditions().Numeric("age")
        .Build();

    [Fact]
    public void A_feature_is_a_number_a_yes_no_or_a_category()
    {
        Layout.Features.Select(feature => $"{feature} {feature.Start} {feature.End} {string.Join(',', feature.Categories)}").Should().Equal(
            "Numeric size0 0 1 ",
            "Numeric size1 1 2 ",
            "OneHot housing 2 4 own,rent",
            "OneHot colour 4 6 red,colour.blue",
            "Binary telephone 6 7 ");
    }

    [Fact]
    public void NaN_and_an_empty_group_are_not_observed()
    {
        float[] row = [1, float.NaN, 0, 0, 0, 1, float.NaN, 40];
        Layout.Features.Select(feature => feature.IsObserved(row)).Should().Equal(true, false, false, true, false);
        row[3] = float.NaN;
        row[2] = 1;
        Layout.Features[2].IsObserved(row).Should().BeFalse();
    }
}
