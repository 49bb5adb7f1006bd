using FluentAssertions;
using Vae.Detection;
using Xunit;

namespace Vae.Core.Tests.Detection;

public sealed class FalseDiscoveryRateTests
{
    /// <summary>The example of Benjamini and Hochberg (1995), section 3.2: at 0.05 the four smallest are rejected.</summary>
    [Fact]
    public void The_example_of_the_paper_selects_four()
    {
        float[] pValues =
        [
            0.0001f, 0.0004f, 0.0019f, 0.0095f, 0.0201f, 0.0278f, 0.0298f, 0.0344f, 0.0459f, 0.3240f, 0.4262f, 0.5719f, 0.6528f, 0.7590f, 1,
        ];
        FalseDiscoveryRate.LargestSelected([.. Enumerable.Reverse(pValues)], 0.05).Should().Be(0.0095f);
    }

    [Fact]
    public void A_value_above_its_line_is_selected_with_a_larger_one_below() =>
        FalseDiscoveryRate.LargestSelected([0.06f, 0.1f, 0.04f, 0.06f], 0.1).Should().Be(0.1f);

    [Fact]
    public void Where_nothing_is_small_nothing_is_selected()
    {
        FalseDiscoveryRate.LargestSelected([0.5f, 0.2f], 0.05).Should().BeNegative();
        FalseDiscoveryRate.LargestSelected([], 0.05).Should().BeNegative();
    }
}
