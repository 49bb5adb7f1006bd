using FluentAssertions;
using Microsoft.ML;
using Xunit;

namespace Vae.MLNet.Tests.Trust;

/// <summary>ML.NET models with transformers of every format version that was ever written, kept as files.</summary>
public sealed class CompatibilityTests
{
    private const int Newest = 1;

    /// <summary>Relative to the larger of 1 and the value: processors with other vectors round otherwise.</summary>
    private const float Tolerance = 1e-4f;

    [Theory]
    [InlineData(1)]
    public void A_model_of_an_older_format_gives_the_outputs_that_it_gave(int version)
    {
        var mlContext = new MLContext();
        var model = mlContext.Model.Load(Kept.PathOf($"model-{version}.zip"), out var schema);

        schema.Select(column => column.Name).Should().Contain(["Age", "Income", "Telephone", "Region", "Sparse", "Label"]);
        var transformer = model.Should().BeOfType<VaeEmbeddingTransformer>().Subject;
        transformer.ConditionColumnNames.Should().Equal("Label");
        transformer.History.Epochs.Should().HaveCount(5);
        ShouldBeClose(model.Transform(Kept.Data(mlContext)).Everything(), Kept.Outputs(Kept.PathOf($"outputs-{version}.txt")));
    }

    [Fact]
    public void The_version_that_is_written_is_kept()
    {
        using var folder = new TemporaryFolder();
        Kept.Write(folder["model.zip"], folder["outputs.txt"]);

        Kept.Version(Kept.PathOf($"model-{Newest}.zip")).Should().Be(
            Kept.Version(folder["model.zip"]), "a new version needs the files that Kept.Write gives in Trust/Compatibility");
        var loaded = new MLContext().Model.Load(folder["model.zip"], out _);
        ShouldBeClose(loaded.Transform(Kept.Data(new MLContext())).Everything(), Kept.Outputs(folder["outputs.txt"]));
    }

    private static void ShouldBeClose(float[][] actual, float[][] expected)
    {
        actual.Should().HaveCount(Kept.Rows).And.HaveSameCount(expected);
        for (int row = 0; row < expected.Length; row++)
        {
            actual[row].Should().HaveSameCount(expected[row]);
            for (int i = 0; i < expected[row].Length; i++)
            {
                float value = expected[row][i];
                if (float.IsNaN(value))
                    actual[row][i].Should().Be(value, "row {0}, value {1} is of a missing value", row, i);
                else
                    actual[row][i].Should().BeApproximately(value, Tolerance * Math.Max(1, Math.Abs(value)), "row {0}, value {1}", row, i);
            }
        }
    }
}
