using System.IO.Compression;
using System.Text.Json.Nodes;
using FluentAssertions;
using Microsoft.ML;
using Xunit;

namespace Vae.MLNet.Tests;

/// <summary>A model that is not what was saved fails to load; it never gives wrong numbers.</summary>
public sealed class CorruptModelTests
{
    private static readonly MLContext Context = new(1);
    private static readonly IDataView Data = Tables.Vectors(Context, 20);
    private static readonly VaeEmbeddingTransformer Model = Quick.Embed(Context, "Features").Fit(Data);
    private static readonly byte[] Bytes = Saved.Bytes(Model, Data.Schema);
    private static readonly float[][] Expected = Model.Transform(Data).Embeddings();

    [Fact]
    public void A_truncated_file_fails_at_every_length()
    {
        for (int length = 0; length < Bytes.Length; length += 13)
        {
            FluentActions.Invoking(() => Saved.Load(Bytes[..length]))
                .Should().Throw<Exception>("only {0} of {1} bytes are left", length, Bytes.Length);
        }
    }

    [Fact]
    public void A_flipped_bit_anywhere_in_the_file_fails_or_changes_nothing()
    {
        int failed = 0;
        for (int at = 0; at < Bytes.Length; at += 7)
        {
            var damaged = (byte[])Bytes.Clone();
            damaged[at] ^= (byte)(1 << at % 8);
            if (FailsToLoadOrEmbed(damaged)) failed++;
        }

        failed.Should().BeGreaterThan(Bytes.Length / 7 / 2, "most of the file are compressed numbers");
    }

    [Fact]
    public void A_flipped_bit_in_the_transformers_own_stream_is_a_format_error()
    {
        string entry = ModelEntry();
        byte[] content = Read(entry);
        const int header = 256;
        int tail = BitConverter.ToInt32(content, 0x18) + header;
        for (int at = header; at < tail; at += 3)
        {
            var damaged = (byte[])content.Clone();
            damaged[at] ^= (byte)(1 << at % 8);
            ShouldBeFormatError(Replace(entry, damaged));
        }
    }

    [Fact]
    public void A_newer_version_is_a_format_error_that_names_both_versions()
    {
        string entry = ModelEntry();
        var newer = Read(entry);
        newer[0x4C] = 99;
        ShouldBeFormatError(Replace(entry, newer)).Message
            .Should().Contain("newer version of Vae.MLNet").And.Contain("format 1.99;").And.Contain("format 1.1.");
    }

    [Fact]
    public void A_newer_version_of_the_model_inside_is_a_format_error_that_names_both_versions()
    {
        string entry = ModelEntry();
        var newer = Read(entry);
        newer[newer.AsSpan().IndexOf("VAEML\r\n"u8) + 7] = 99;
        ShouldBeFormatError(Replace(entry, newer)).Message.Should().Contain("format version 99;").And.Contain("up to version 3.");
    }

    [Theory]
    [InlineData(20_000_000)]
    [InlineData(int.MaxValue)]
    public void A_forged_model_inside_with_epochs_but_no_metrics_is_a_format_error_within_ten_times_its_size(int epochs)
    {
        string entry = ModelEntry();
        byte[] content = Read(entry);
        int start = content.AsSpan().IndexOf("VAEML\r\n"u8) - 1;
        int length = 24 + Forgery.HeaderLength(content[start..]) + (int)BitConverter.ToInt64(content, start + 16) + 32;
        byte[] forged = Replace(entry, WithModel(content, start, length, WithoutMetrics(content[start..(start + length)], epochs)));
        Saved.Load(Bytes);
        FluentActions.Invoking(() => Saved.Load(forged)).Should().Throw<Exception>();

        long before = GC.GetAllocatedBytesForCurrentThread();
        Saved.Load(Bytes);
        long genuine = GC.GetAllocatedBytesForCurrentThread() - before;
        before = GC.GetAllocatedBytesForCurrentThread();
        ShouldBeFormatError(forged);
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(10L * forged.Length + genuine + 65_536);
    }

    [Fact]
    public void The_loader_signature_and_the_assembly_are_in_the_header()
    {
        string text = System.Text.Encoding.Latin1.GetString(Read(ModelEntry())).Replace("\0", "", StringComparison.Ordinal);
        text.Should().Contain("VaeEmbeddingTransformer").And.Contain("Vae.MLNet, Version=").And.Contain("VAEEMBD");
    }

    /// <summary>A model of so many epochs that has the numbers of none.</summary>
    private static byte[] WithoutMetrics(byte[] model, int epochs)
    {
        byte[] forged = Forgery.WithHeader(model, header =>
        {
            header["options"]!["epochs"] = epochs;
            header["history"]!["metrics"] = new JsonObject { ["epochs"] = epochs, ["columns"] = new JsonArray() };
        });
        int metrics = 24 + Forgery.HeaderLength(forged) + 2 * sizeof(double) * Model.Model.Layout.RowWidth;
        int length = 9 * sizeof(double) * Model.History.Epochs.Count;
        forged = [.. forged[..metrics], .. forged[(metrics + length)..]];
        BitConverter.GetBytes(BitConverter.ToInt64(forged, 16) - length).CopyTo(forged, 16);
        return Forgery.Sign(forged);
    }

    /// <summary>An entry of ML.NET's with another model in it; what ML.NET's header says of lengths and places is right.</summary>
    private static byte[] WithModel(byte[] content, int start, int length, byte[] model)
    {
        byte[] changed = [.. content[..start], .. model, .. content[(start + length)..]];
        int[] places = [0x20, 0x30, 0x80, 0x88, 0x90];
        foreach (int at in places.Where(at => BitConverter.ToInt64(content, at) >= start + length).Append(0x18))
            BitConverter.GetBytes(BitConverter.ToInt64(content, at) + model.Length - length).CopyTo(changed, at);
        return changed;
    }

    private static FormatException ShouldBeFormatError(byte[] bytes)
    {
        var exception = FluentActions.Invoking(() => Saved.Load(bytes)).Should().Throw<Exception>().Which;
        return Chain(exception).OfType<FormatException>().Should().NotBeEmpty("{0}", exception).And.Subject.First();
    }

    private static bool FailsToLoadOrEmbed(byte[] bytes)
    {
        ITransformer loaded;
        try
        {
            loaded = Saved.Load(bytes);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return true;
        }

        loaded.Transform(Data).Embeddings().Should().BeEquivalentTo(Expected, options => options.WithStrictOrdering());
        return false;
    }

    private static IEnumerable<Exception> Chain(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
            yield return exception;
    }

    private static string ModelEntry()
    {
        using var archive = new ZipArchive(new MemoryStream(Bytes));
        return archive.Entries.MaxBy(entry => entry.Length)!.FullName;
    }

    private static byte[] Read(string name)
    {
        using var archive = new ZipArchive(new MemoryStream(Bytes));
        using var stream = archive.GetEntry(name)!.Open();
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    private static byte[] Replace(string name, byte[] content)
    {
        using var memory = new MemoryStream();
        memory.Write(Bytes);
        using (var archive = new ZipArchive(memory, ZipArchiveMode.Update, leaveOpen: true))
        {
            archive.GetEntry(name)!.Delete();
            using var stream = archive.CreateEntry(name, CompressionLevel.NoCompression).Open();
            stream.Write(content);
        }

        return memory.ToArray();
    }
}
