using System.Text;
using FluentAssertions;
using Microsoft.ML;
using Microsoft.ML.Runtime;
using Vae.MLNet.Persistence;
using Xunit;

namespace Vae.MLNet.Tests.Trust;

/// <summary>A transformer's own stream, which follows ML.NET's header in a .zip entry, damaged by a seeded fuzzer.</summary>
public sealed class StreamFuzzTests
{
    private const int Mutations = 20_000;
    private const int Forgeries = 5_000;

    private static readonly MLContext Context = new(1);
    private static readonly IHost Host = ((IHostEnvironment)Context).Register("Test");
    private static readonly IDataView Data = Tables.Mixed(Context, 40);
    private static readonly VaeEmbeddingTransformer Model = Kept.Estimator(Context).Fit(Data);
    private static readonly byte[] Stream = Bytes(Model);

    [Fact]
    public void A_damaged_stream_loads_to_the_identical_model_or_is_a_format_error_within_ten_times_its_size()
    {
        var random = new Random(20260103);
        Load(Stream);
        int identical = 0;
        for (int i = 0; i < Mutations; i++)
        {
            var loaded = LoadWithinBounds(StreamMutation.Apply(Stream, random), i);
            if (loaded is null) continue;
            Bytes(loaded).AsSpan().SequenceEqual(Stream).Should().BeTrue("mutation {0} was taken for a model", i);
            identical++;
        }

        identical.Should().BeInRange(1, Mutations / 5, "only appended bytes, and pieces swapped for their equals, change nothing");
    }

    [Fact]
    public void A_forged_stream_with_the_right_checksum_loads_to_a_transformer_that_works_or_is_a_format_error_within_ten_times_its_size()
    {
        var random = new Random(20260104);
        Load(Stream);
        int works = 0;
        int otherColumns = 0;
        for (int i = 0; i < Forgeries; i++)
        {
            var loaded = LoadWithinBounds(StreamMutation.Forge(Stream, random), i);
            if (loaded is null) continue;
            byte[] saved = Bytes(loaded);
            Bytes(Load(saved)).AsSpan().SequenceEqual(saved).Should().BeTrue("mutation {0} was loaded", i);
            try
            {
                loaded.GetOutputSchema(Data.Schema);
                works++;
            }
            catch (ArgumentOutOfRangeException)
            {
                otherColumns++;
            }
        }

        works.Should().BePositive("the output column may have any name");
        otherColumns.Should().BePositive("the names of columns cannot be told from those in training");
    }

    [Fact]
    public void A_forged_model_with_the_right_checksum_loads_to_a_transformer_or_is_a_format_error_within_ten_times_its_size()
    {
        var random = new Random(20260107);
        Load(Stream);
        int loaded = 0;
        for (int i = 0; i < Forgeries / 5; i++)
        {
            if (LoadWithinBounds(StreamMutation.ForgeModel(Stream, random), i) is not { } transformer) continue;
            transformer.Diagnosis.Findings.Should().OnlyContain(finding => Enum.IsDefined(finding.Kind), "mutation {0} was loaded", i);
            loaded++;
        }

        loaded.Should().BePositive("some numbers cannot be told from those of a training");
    }

    [Fact]
    public void A_million_columns_are_a_format_error_within_ten_times_their_size()
    {
        Load(Stream);
        using var memory = new MemoryStream();
        using (var writer = new BinaryWriter(memory))
        {
            writer.Write("Embedding");
            writer.Write(0);
            writer.Write(1_000_000);
            for (int i = 0; i < 1_000_000; i++)
                writer.Write([1, (byte)'a', 0, 1, 0, 0, 0, 0]);
        }

        LoadWithinBounds(StreamMutation.WithBlock(Stream, memory.ToArray()), 0).Should().BeNull();
    }

    private static VaeEmbeddingTransformer? LoadWithinBounds(byte[] bytes, int mutation)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        VaeEmbeddingTransformer? loaded = null;
        try
        {
            loaded = Load(bytes);
        }
        catch (FormatException exception)
        {
            exception.Data.Contains("ML_IsMarked").Should().BeTrue("mutation {0} gave {1}", mutation, exception);
        }

        // All that was allocated bounds the peak from above; the constant is for the exceptions themselves, which short streams cannot
        // outweigh.
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        allocated.Should().BeLessThan(10L * bytes.Length + 65_536, "mutation {0} has {1} bytes", mutation, bytes.Length);
        return loaded;
    }

    private static VaeEmbeddingTransformer Load(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes, writable: false), Encoding.UTF8);
        return new VaeEmbeddingTransformer(Host, TransformerFormat.Read(Host, reader));
    }

    private static byte[] Bytes(VaeEmbeddingTransformer transformer)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        TransformerFormat.Write(transformer.Content, writer);
        return stream.ToArray();
    }
}
