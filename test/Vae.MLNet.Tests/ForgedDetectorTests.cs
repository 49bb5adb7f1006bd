using System.Security.Cryptography;
using FluentAssertions;
using Microsoft.ML;
using Microsoft.ML.Runtime;
using Vae.MLNet.Persistence;
using Xunit;

namespace Vae.MLNet.Tests;

/// <summary>Streams of a detector whose bytes are not what was written, with and without a checksum that was made to fit.</summary>
public sealed class ForgedDetectorTests
{
    private static readonly MLContext Context = new(1);

    private static readonly byte[] Written = Write();

    [Fact]
    public void What_was_written_is_read_and_written_again_alike()
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        DetectorFormat.Write(Read(Written), writer);
        stream.ToArray().Should().Equal(Written);
    }

    [Theory]
    [InlineData(0xFF)]
    [InlineData(0x01)]
    public void A_forged_byte_is_read_as_something_valid_or_is_a_FormatException_of_ML_NET(byte change)
    {
        int length = BitConverter.ToInt32(Written);
        int refused = 0;
        for (int at = sizeof(int); at < sizeof(int) + length; at += 3)
        {
            byte[] forged = [.. Written];
            forged[at] ^= change;
            SHA256.HashData(forged.AsSpan(sizeof(int), length), forged.AsSpan(sizeof(int) + length));
            try
            {
                Read(forged);
            }
            catch (FormatException exception)
            {
                exception.Data.Contains("ML_IsMarked").Should().BeTrue();
                refused++;
            }
        }

        refused.Should().BePositive();
    }

    [Fact]
    public void A_changed_byte_without_its_checksum_and_a_stream_that_ends_early_are_refused()
    {
        byte[] changed = [.. Written];
        changed[20] ^= 1;
        Failure.Of<FormatException>(() => Read(changed), "The VAE detector in this model is corrupt.");
        FluentActions.Invoking(() => Read(Written[..^10])).Should().Throw<FormatException>().ShouldBeMarked();
        FluentActions.Invoking(() => Read(Written[..10])).Should().Throw<FormatException>().ShouldBeMarked();
    }

    private static byte[] Write()
    {
        var options = new VaeDetectionEstimator.Options
        {
            InputColumnNames = ["Age", "Region"],
            Model = Quick.Model,
            Seed = 7,
            FalseAlarmRate = 0.1,
            Trim = 0,
            ReasonsColumnName = "Reasons",
        };
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        DetectorFormat.Write(Context.Transforms.VaeDetect(options).Fit(Tables.Mixed(Context)).Content, writer);
        return stream.ToArray();
    }

    private static DetectorContent Read(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes));
        return DetectorFormat.Read(((IHostEnvironment)Context).Register("Test"), reader);
    }
}
