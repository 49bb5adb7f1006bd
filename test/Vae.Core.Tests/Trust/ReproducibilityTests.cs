using System.Globalization;
using FluentAssertions;
using Vae.Options;
using Vae.Tests.Persistence;
using Vae.Training;
using Xunit;

namespace Vae.Tests.Trust;

public sealed class ReproducibilityTests
{
    [Fact]
    public void The_same_seed_gives_the_same_bytes_on_1_and_2_and_7_threads()
    {
        foreach (var options in new[]
        {
            SmallModels.WideOptions,
            SmallModels.WideOptions with { BatchNormalization = true, Dropout = 0.1, InputNoise = 0.1, InputMasking = 0.1 },
            SmallModels.WideOptions with { Regularizer = RegularizerOptions.InfoVae(), NoiseScale = NoiseScaleOptions.Computed() },
        })
        {
            byte[][] models = [.. new[] { 1, 2, 7 }.Select(
                threads => SmallModels.Bytes(SmallModels.Train(options, new TrainingContext { ThreadCount = threads })))];
            models[1].Should().Equal(models[0]);
            models[2].Should().Equal(models[0]);
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_bytes_in_two_processes()
    {
        using var folder = new TemporaryFolder();
        string path = folder["model.vae"];
        ChildProcess.Lines(ChildProgram.Location, null, ChildProgram.Train, path, "2");
        File.ReadAllBytes(path).Should().Equal(SmallModels.Bytes(SmallModels.Train(SmallModels.WideOptions)));
    }

    [Fact]
    public void Another_seed_gives_another_model() =>
        SmallModels.Scores(SmallModels.Train(SmallModels.WideOptions with { Seed = 6 }))
            .Should().NotEqual(SmallModels.Scores(SmallModels.Train(SmallModels.WideOptions)));

    [Theory]
    [InlineData("AVX512", 256)]
    [InlineData("AVX2", 128)]
    [InlineData("HWIntrinsic", 128)]
    public void Narrower_vectors_give_the_same_scores_to_four_digits(string instructions, int widest)
    {
        string variable = "DOTNET_Enable" + (instructions == "AVX512" && Environment.Version.Major < 10 ? "AVX512F" : instructions);
        using var folder = new TemporaryFolder();
        string path = folder["model.vae"];
        var model = SmallModels.Train(SmallModels.WideOptions);
        model.Save(path);
        string[] lines = ChildProcess.Lines(ChildProgram.Location, (variable, "0"), ChildProgram.Score, path);
        int.Parse(lines[0], CultureInfo.InvariantCulture).Should().BeLessThanOrEqualTo(widest);
        var expected = SmallModels.Scores(model);
        for (int row = 0; row < expected.Length; row++)
        {
            float score = float.Parse(lines[row + 1], CultureInfo.InvariantCulture);
            score.Should().BeApproximately(expected[row], 1e-4f * Math.Max(1, Math.Abs(expected[row])), $"row {row}");
        }
    }
}
