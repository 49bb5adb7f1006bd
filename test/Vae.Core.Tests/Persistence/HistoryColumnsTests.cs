using FluentAssertions;
using Vae.Persistence;
using Xunit;

namespace Vae.Tests.Persistence;

public sealed class HistoryColumnsTests
{
    [Fact]
    public void A_metric_that_an_older_file_lacks_is_NaN()
    {
        byte[] data = [.. new[] { 3.0, 4.0, 1.0, 2.0 }.SelectMany(BitConverter.GetBytes)];
        var reader = new DataReader(data);

        var epochs = HistoryColumns.Read(new MetricsHeader(2, ["validationLoss", "loss"]), 9, ref reader);

        epochs.Select(metrics => (metrics.Epoch, metrics.Epochs, metrics.Loss, metrics.ValidationLoss))
            .Should().Equal((1, 9, 4, 3), (2, 9, 2, 1));
        epochs.Should().OnlyContain(metrics => double.IsNaN(metrics.Reconstruction) && double.IsNaN(metrics.NoiseScale));
    }
}
