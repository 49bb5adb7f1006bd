using System.Security.Cryptography;
using FluentAssertions;
using Microsoft.ML;
using Microsoft.ML.Runtime;
using Xunit;

namespace Vae.MLNet.Tests;

/// <summary>
/// Streams of a transformer whose bytes are not what was written, with and without a checksum that was made to fit.
/// </summary>
/// <param name="what">What the stream holds, in the words of its errors.</param>
/// <param name="written">What was written of a trained transformer.</param>
public abstract class ForgedStreamTests(string what, Lazy<byte[]> written)
{
    private static readonly MLContext Context = new(1);

    private byte[] Written => written.Value;

    [Fact]
    public void What_was_written_is_read_and_written_again_alike() => Bytes(Read(Written)).Should().Equal(Written);

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
        Failure.Of<FormatException>(() => Read(changed), $"The {what} in this model is corrupt.");
        FluentActions.Invoking(() => Read(Written[..^10])).Should().Throw<FormatException>().ShouldBeMarked();
        FluentActions.Invoking(() => Read(Written[..10])).Should().Throw<FormatException>().ShouldBeMarked();
    }

    /// <summary>What is written of a transformer that is trained on a small table when it is first asked for.</summary>
    private protected static Lazy<byte[]> Train(Action<MLContext, IDataView, BinaryWriter> write) =>
        new(() => Bytes(writer => write(Context, Tables.Mixed(Context), writer)));

    /// <summary>Reads a transformer; what is returned writes it.</summary>
    private protected abstract Action<BinaryWriter> Read(IHost host, BinaryReader reader);

    private Action<BinaryWriter> Read(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes));
        return Read(((IHostEnvironment)Context).Register("Test"), reader);
    }

    private static byte[] Bytes(Action<BinaryWriter> write)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        write(writer);
        return stream.ToArray();
    }
}
