using FluentAssertions;
using Xunit;

namespace Vae.Tests.Trust;

/// <summary>
/// The inputs that a coverage-guided fuzzer has found to take branches of their own in the reader; test/Vae.Fuzzing finds more.
/// </summary>
public sealed class CorpusTests
{
    private static readonly string Corpus = Path.Combine(AppContext.BaseDirectory, "Corpus");

    [Fact]
    public void Every_input_of_the_corpus_is_read_or_refused_within_ten_times_its_size()
    {
        string[] inputs = Directory.GetFiles(Corpus);
        inputs.Should().HaveCountGreaterThan(20);
        foreach (string input in inputs)
            FluentActions.Invoking(() => ReaderTarget.Run(File.ReadAllBytes(input))).Should().NotThrow(Path.GetFileName(input));
    }

    [Fact]
    public void The_corpus_begins_with_files_that_are_read()
    {
        VaeModel.Load(new MemoryStream(ReaderTarget.SmallModel())).LatentDimension.Should().Be(1);
        FluentActions.Invoking(() => ReaderTarget.Run(ReaderTarget.SmallCheckpoint())).Should().NotThrow();
    }

    [Fact]
    public void The_corpus_is_small() =>
        Directory.GetFiles(Corpus).Sum(input => new FileInfo(input).Length).Should().BeLessThan(250_000);
}
