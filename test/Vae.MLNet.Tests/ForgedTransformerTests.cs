using System.Security.Cryptography;
using FluentAssertions;
using Microsoft.ML;
using Microsoft.ML.Runtime;
using Vae.MLNet.Persistence;
using Xunit;

namespace Vae.MLNet.Tests;

/// <summary>A transformer that somebody has changed with care, so that its checksum is right, loads only if it fits together.</summary>
public sealed class ForgedTransformerTests
{
    private static readonly MLContext Context = new(1);
    private static readonly IDataView Data = Tables.Mixed(Context, 20);
    private static readonly VaeEmbeddingTransformer Model = Fit();

    // Where things are behind the length of the block: the output's name, the additional columns, the number of columns, "Age", "Label".
    private const int Additional = sizeof(int) + 1 + 9;
    private const int Count = Additional + sizeof(int);
    private const int First = Count + sizeof(int) + 1 + 3;
    private const int Second = First + 6 + 1 + 5;
    private const int Slots = 1;
    private const int Role = Slots + sizeof(int);

    [Fact]
    public void Without_a_change_it_loads()
    {
        var loaded = Read(Forge(0, 0));
        loaded.InputColumnNames.Should().Equal("Age");
        loaded.ConditionColumnNames.Should().Equal("Label");
        loaded.Transform(Data).Embeddings()
            .Should().BeEquivalentTo(Model.Transform(Data).Embeddings(), options => options.WithStrictOrdering());
    }

    [Theory]
    [InlineData(Additional, 64)]
    [InlineData(Count, 0)]
    [InlineData(Count, 1)]
    [InlineData(Count, 3)]
    [InlineData(First, 9)]
    [InlineData(First + Slots, 0)]
    [InlineData(First + Slots, 2)]
    [InlineData(First + Role, 1)]
    [InlineData(Second + Slots, 2)]
    [InlineData(Second + Role, 0)]
    [InlineData(Second + Role, 2)]
    public void With_a_byte_that_cannot_be_it_is_a_format_error(int at, byte value) =>
        FluentActions.Invoking(() => Read(Forge(at, value))).Should().Throw<FormatException>().ShouldBeMarked();

    [Fact]
    public void With_the_condition_before_the_input_it_is_a_format_error()
    {
        byte[] forged = Forge(First + Role, 1);
        forged[Second + Role] = 0;
        FluentActions.Invoking(() => Read(Sign(forged))).Should().Throw<FormatException>().ShouldBeMarked();
    }

    [Fact]
    public void With_a_name_of_negative_length_it_is_a_format_error()
    {
        byte[] forged = Forge(0, 0);
        byte[] minusOne = [0xFF, 0xFF, 0xFF, 0xFF, 0x0F];
        minusOne.CopyTo(forged, sizeof(int));
        FluentActions.Invoking(() => Read(Sign(forged))).Should().Throw<FormatException>().ShouldBeMarked();
    }

    private static VaeEmbeddingTransformer Fit()
    {
        var options = Quick.Options("Age");
        options.ConditionColumnNames = ["Label"];
        return Context.Transforms.VaeEmbed(options).Fit(Data);
    }

    /// <summary>The stream of the transformer with another byte, or none for the position 0.</summary>
    private static byte[] Forge(int at, byte value)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        TransformerFormat.Write(Model.Content, writer);
        byte[] bytes = stream.ToArray();
        if (at > 0) bytes[at] = value;
        return Sign(bytes);
    }

    private static byte[] Sign(byte[] bytes)
    {
        int length = BitConverter.ToInt32(bytes);
        SHA256.HashData(bytes.AsSpan(sizeof(int), length), bytes.AsSpan(sizeof(int) + length));
        return bytes;
    }

    private static VaeEmbeddingTransformer Read(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes));
        var host = ((IHostEnvironment)Context).Register("Test");
        return new VaeEmbeddingTransformer(host, TransformerFormat.Read(host, reader));
    }
}
