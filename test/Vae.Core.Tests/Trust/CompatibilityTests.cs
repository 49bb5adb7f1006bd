using System.Globalization;
using FluentAssertions;
using Vae.Data;
using Vae.Options;
using Vae.Tests.Persistence;
using Xunit;

namespace Vae.Tests.Trust;

/// <summary>Model files of every format version that was ever written, kept as files.</summary>
public sealed class CompatibilityTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_model_of_an_older_format_gives_the_scores_that_it_gave(int version)
    {
        var model = VaeModel.Load(PathOf($"model-{version}.vae"));
        model.Layout.Should().Be(SmallModels.Layout);
        model.Diagnosis.Findings.Should().NotBeEmpty();
        model.History.Epochs.Should().HaveCount(3).And.OnlyContain(metrics => double.IsFinite(metrics.Loss));
        float[] expected =
            [.. File.ReadLines(PathOf($"scores-{version}.txt")).Select(line => float.Parse(line, CultureInfo.InvariantCulture))];
        var scores = SmallModels.Scores(model);
        scores.Should().HaveSameCount(expected);
        for (int row = 0; row < expected.Length; row++)
            scores[row].Should().BeApproximately(expected[row], 1e-4f * Math.Max(1, Math.Abs(expected[row])), $"row {row}");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_model_that_knows_no_axes_embeds_in_units_of_the_prior(int version)
    {
        var model = VaeModel.Load(PathOf($"model-{version}.vae"));
        model.LatentAxes.Should().BeEmpty();
        model.Options.EmbeddingScale.Should().Be(EmbeddingScale.Prior);
    }

    [Fact]
    public void Every_version_is_kept()
    {
        for (int version = 1; version <= Vae.Persistence.ModelReader.Version; version++)
            File.Exists(PathOf($"model-{version}.vae")).Should().BeTrue($"format version {version} needs a file");
    }

    /// <summary>Writes the files of the current version.</summary>
    internal static void WriteFixture(string folder)
    {
        var model = SmallModels.Train(SmallModels.Options with
        {
            BatchNormalization = true,
            Standardization = StandardizationMethod.Quantile,
            MixtureComponents = 2,
        });
        int version = Vae.Persistence.ModelReader.Version;
        model.Save(Path.Combine(folder, $"model-{version}.vae"));
        File.WriteAllLines(
            Path.Combine(folder, $"scores-{version}.txt"),
            SmallModels.Scores(model).Select(score => score.ToString("R", CultureInfo.InvariantCulture)));
    }

    private static string PathOf(string file) => Path.Combine(AppContext.BaseDirectory, "Trust", "Compatibility", file);
}
