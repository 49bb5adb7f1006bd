using FluentAssertions;
using Vae.Options;
using Xunit;

namespace Vae.Tests.Losses;

public class ScheduleTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(2.5, 0.25)]
    [InlineData(10, 1)]
    [InlineData(37, 1)]
    public void Warm_up_is_a_straight_line(double epoch, double factor) =>
        WeightSchedule.WarmUp(10).FactorAt(epoch, 100).Should().BeApproximately(factor, 1e-12);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(6.25, 0.5)]
    [InlineData(12.5, 1)]
    [InlineData(24.9, 1)]
    [InlineData(25, 0)]
    [InlineData(31.25, 0.5)]
    [InlineData(99, 1)]
    public void Four_cycles_rise_in_their_first_half(double epoch, double factor) =>
        WeightSchedule.Cyclical().FactorAt(epoch, 100).Should().BeApproximately(factor, 1e-12);

    [Theory]
    [InlineData(3, 0.25, 5, 2.0 / 3)]
    [InlineData(3, 1, 5, 1.0 / 6)]
    [InlineData(1, 0.1, 9, 1)]
    public void Cycles_and_ramps_of_other_lengths(int cycles, double ramp, double epoch, double factor) =>
        WeightSchedule.Cyclical(cycles, ramp).FactorAt(epoch, 90).Should().BeApproximately(factor, 1e-12);

    [Fact]
    public void A_constant_weight_is_full_from_the_start() => WeightSchedule.Constant().FactorAt(0, 100).Should().Be(1);

    [Fact]
    public void A_schedule_knows_when_it_has_settled()
    {
        WeightSchedule.Constant().SettledAfter(100).Should().Be(0);
        WeightSchedule.WarmUp(10).SettledAfter(100).Should().Be(10);
        WeightSchedule.WarmUp(500).SettledAfter(100).Should().Be(99, "the last epoch is a candidate in any case");
        WeightSchedule.Cyclical().SettledAfter(100).Should().Be(88);
        WeightSchedule.Cyclical(1, 1).SettledAfter(100).Should().Be(99);
    }
}
