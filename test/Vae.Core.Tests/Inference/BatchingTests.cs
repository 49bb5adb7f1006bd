using FluentAssertions;
using Vae.Options;
using Vae.Tests.Reference;
using Xunit;

namespace Vae.Tests.Inference;

/// <summary>A row's outputs do not depend on its company.</summary>
public class BatchingTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(200)]
    public void Single_rows_and_batches_agree_to_the_bit(int count)
    {
        var test = Create(count);
        var (means, logVariances, scores, cells, reconstructions) = Run(test.Model, test.Rows, count);
        for (int row = 0; row < count; row++)
        {
            var alone = Run(test.Model, test.Row(row), 1);
            alone.Means.Should().Equal(Part(means, row, count));
            alone.LogVariances.Should().Equal(Part(logVariances, row, count));
            alone.Scores.Should().Equal(Part(scores, row, count));
            alone.Cells.Should().Equal(Part(cells, row, count));
            alone.Reconstructions.Should().Equal(Part(reconstructions, row, count));
        }
    }

    [Fact]
    public void Decoding_the_posterior_mean_is_reconstructing()
    {
        var test = Create(70);
        var (means, _, _, _, reconstructions) = Run(test.Model, test.Rows, 70);
        int slots = test.Model.Layout.SlotCount;
        float[] conditions = [.. Enumerable.Range(0, 70).SelectMany(row => test.Row(row)[slots..].ToArray())];
        var decoded = new float[70 * slots];
        test.Model.Decode(means, decoded, conditions);
        decoded.Should().Equal(reconstructions);
    }

    [Fact]
    public void Many_threads_may_use_one_model()
    {
        var test = Create(100);
        var expected = Run(test.Model, test.Rows, 100);
        Parallel.For(0, 64, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ =>
        {
            var actual = Run(test.Model, test.Rows, 100);
            Assert.Equal(expected.Means, actual.Means);
            Assert.Equal(expected.Cells, actual.Cells);
            Assert.Equal(expected.Reconstructions, actual.Reconstructions);
        });
    }

    private static TestModel Create(int count) => new(RandomProblem.Create(
        TestLayouts.Conditional, new VaeOptions { LatentDimension = 5, HiddenLayers = [19, 33], BatchNormalization = true },
        count, missing: 0.1));

    private static (float[] Means, float[] LogVariances, float[] Scores, float[] Cells, float[] Reconstructions) Run(
        VaeModel model, ReadOnlySpan<float> rows, int count)
    {
        int slots = model.Layout.SlotCount;
        var means = new float[count * model.LatentDimension];
        var logVariances = new float[count * model.LatentDimension];
        var scores = new float[count];
        var cells = new float[count * slots];
        var reconstructions = new float[count * slots];
        model.Encode(rows, means, logVariances);
        model.Score(rows, scores);
        model.CellScores(rows, cells);
        model.Reconstruct(rows, reconstructions);
        return (means, logVariances, scores, cells, reconstructions);
    }

    private static float[] Part(float[] values, int row, int count) =>
        values.AsSpan(row * (values.Length / count), values.Length / count).ToArray();
}
