using System.Globalization;
using FluentAssertions;
using Vae.Data;
using Vae.Explanation;
using Xunit;

namespace Vae.Tests.Explanation;

public sealed class DescriptionTextTests
{
    private static readonly FeatureLayout Layout =
        new FeatureLayoutBuilder().Numeric("Amount").OneHot("Housing", ["own", "rent", "free"]).Binary("Telephone").Build();

    [Theory]
    [InlineData(9950, "9,950")]
    [InlineData(1234567.8f, "1,234,568")]
    [InlineData(12.3456f, "12.35")]
    [InlineData(0.0123456f, "0.01235")]
    [InlineData(4, "4")]
    [InlineData(0, "0")]
    [InlineData(-0.5f, "-0.5")]
    [InlineData(1e-7f, "1e-7")]
    [InlineData(1.5e20f, "1.5e+20")]
    [InlineData(float.MaxValue, "3.4e+38")]
    public void A_number_has_four_digits(float value, string text) => DescriptionText.Number(value).Should().Be(text);

    [Theory]
    [InlineData(9950, 87.23, 140.4, "Amount is 9,950, expected 87 to 140")]
    [InlineData(1.04, 0.612, 0.934, "Amount is 1.04, expected 0.61 to 0.93")]
    [InlineData(12, 1.26, 3.71, "Amount is 12, expected 1.3 to 3.7")]
    [InlineData(-3, 11234.6, 25678.9, "Amount is -3, expected 11,235 to 25,679")]
    [InlineData(5, -0.4, 30.2, "Amount is 5, expected 0 to 30")]
    [InlineData(5, 2, 2, "Amount is 5, expected 2 to 2")]
    public void An_interval_has_two_digits_of_its_width(float value, float low, float high, string text) =>
        Describe(0, [value, 0, 1, 0, 0], [0.5f * (low + high)], low, high).ToString().Should().Be(text);

    [Fact]
    public void Categories_stand_in_quotes_with_the_probability_of_the_expected_one()
    {
        Describe(1, [0, 0, 1, 0, 0], [0.93f, 0.05f, 0.02f]).ToString().Should().Be("Housing is 'rent', expected 'own' (0.93)");
        Describe(2, [0, 0, 1, 0, 1], [0.0651f]).ToString().Should().Be("Telephone is yes, expected no (0.93)");
    }

    [Fact]
    public void Unseen_categories_and_missing_values_are_called_so()
    {
        Describe(1, [0, 0, 0, 0, 0], [0.93f, 0.05f, 0.02f], isUnseen: true).ToString()
            .Should().Be("Housing is a category that training did not see, expected 'own' (0.93)");
        Describe(1, [0, 0, 0, 1, 0], [0.93f, 0.07f, 0], isUnseen: true).ToString()
            .Should().Be("Housing is 'free', which training did not see, expected 'own' (0.93)");
        Describe(0, [float.NaN, 0, 0, 0, 0], [3], 2.04f, 4.16f).ToString().Should().Be("Amount is missing, expected 2 to 4.2");
    }

    [Fact]
    public void The_culture_of_the_thread_changes_nothing()
    {
        var culture = CultureInfo.CurrentCulture;
        try
        {
            var other = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            (other.NumberFormat.NumberDecimalSeparator, other.NumberFormat.NumberGroupSeparator) = (",", ".");
            CultureInfo.CurrentCulture = other;
            Describe(0, [9950.5f, 0, 1, 0, 0], [100], 87.2f, 140).ToString().Should().Be("Amount is 9,950, expected 87 to 140");
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    private static FeatureDescription Describe(
        int feature, float[] row, float[] expected, float low = float.NaN, float high = float.NaN, bool isUnseen = false) =>
        new(Layout.Features[feature], row, new FeatureExpectation(expected, expected, low, high, 1, 1), isUnseen, 0.9);
}
