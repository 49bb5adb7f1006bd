using FluentAssertions;
using Vae.Options;
using Vae.Training;
using Xunit;

namespace Vae.Tests.Training;

public class EpochClockTests
{
    [Fact]
    public void The_rest_takes_as_long_per_epoch_as_the_epochs_of_this_call()
    {
        var time = new ManualTime();
        var clock = new EpochClock(time);
        var metrics = new ScriptedEngine(1).Run(new VaeOptions { Epochs = 1 }, 50).History.Epochs[0] with { Epoch = 6, Epochs = 10 };
        time.Now = TimeSpan.FromSeconds(3);
        clock.EpochEnded(metrics).Should().Be(new TrainingProgress
        {
            Metrics = metrics,
            Elapsed = TimeSpan.FromSeconds(3),
            Remaining = TimeSpan.FromSeconds(12),
        });
        time.Now = TimeSpan.FromSeconds(4);
        clock.EpochEnded(metrics with { Epoch = 7 }).Remaining.Should().Be(TimeSpan.FromSeconds(6));
        clock.EpochEnded(metrics with { Epoch = 10 }).Remaining.Should().Be(TimeSpan.Zero);
    }

    private sealed class ManualTime : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
