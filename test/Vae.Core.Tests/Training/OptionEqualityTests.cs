using FluentAssertions;
using Vae.Options;
using Xunit;

namespace Vae.Tests.Training;

public sealed class OptionEqualityTests
{
    [Fact]
    public void Options_with_the_same_values_are_equal()
    {
        static VaeOptions Create(IReadOnlyList<int> layers) => new()
        {
            HiddenLayers = layers,
            NoiseScale = NoiseScaleOptions.Fixed(0.5),
            Regularizer = RegularizerOptions.InfoVae(),
            Seed = 7,
        };

        var first = Create([32, 16]);
        var second = Create(new List<int> { 32, 16 });

        second.Should().Be(first);
        second.GetHashCode().Should().Be(first.GetHashCode());
        new VaeOptions().Should().Be(new VaeOptions());
    }

    [Theory]
    [MemberData(nameof(Others))]
    public void Options_with_another_value_are_not_equal(VaeOptions other)
    {
        var options = new VaeOptions { HiddenLayers = [32, 16] };
        other.Should().NotBe(options);
        (other with { HiddenLayers = [32, 16], Seed = 0 }).Should().Be(options);
    }

    public static TheoryData<VaeOptions> Others() =>
    [
        new VaeOptions { HiddenLayers = [32, 16], Seed = 1 },
        new VaeOptions { HiddenLayers = [32] },
        new VaeOptions { HiddenLayers = [32, 16, 16] },
        new VaeOptions { HiddenLayers = [16, 32] },
        new VaeOptions { HiddenLayers = [] },
        new VaeOptions { HiddenLayers = null! },
    ];

    [Fact]
    public void A_copy_is_equal_until_a_value_is_changed()
    {
        var options = new VaeOptions { HiddenLayers = [32, 16] };
        var copy = options with { };
        copy.Should().Be(options).And.NotBeSameAs(options);
        (options with { HiddenLayers = [.. options.HiddenLayers] }).Should().Be(options);
        (options with { HiddenLayers = [32, 17] }).Should().NotBe(options);
        options.HiddenLayers.Should().Equal(32, 16);
    }

    [Fact]
    public void What_happens_to_the_array_that_was_given_changes_nothing()
    {
        int[] widths = [32, 16];
        var options = new VaeOptions { HiddenLayers = widths };
        widths[0] = 99;
        options.HiddenLayers.Should().Equal(32, 16);
    }

    [Fact]
    public void The_widths_are_shown() => new VaeOptions { HiddenLayers = [32, 16] }.ToString().Should().Contain("HiddenLayers = [32, 16]");
}
