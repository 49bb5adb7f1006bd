using FluentAssertions;
using Vae.Options;
using Vae.Tests.Reference;
using Xunit;

namespace Vae.Tests.Inference;

public class ScoringAllocationTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(200)]
    public void Rows_go_through_a_model_without_allocation(int count)
    {
        var options = new VaeOptions { LatentDimension = 3, HiddenLayers = [20, 10], BatchNormalization = true };
        var test = new TestModel(RandomProblem.Create(TestLayouts.Conditional, options, count, missing: 0.1));
        var model = test.Model;
        int slots = model.Layout.SlotCount;
        var means = new float[count * 3];
        var logVariances = new float[count * 3];
        var scores = new float[count];
        var wide = new float[count * slots];
        var logLikelihoods = new double[count];
        var random = new Random(1);
        float[] conditions = [.. Enumerable.Range(0, count).SelectMany(row => test.Row(row)[slots..].ToArray())];

        void Run()
        {
            model.Encode(test.Rows, means, logVariances);
            model.Score(test.Rows, scores);
            model.CellScores(test.Rows, wide);
            model.Reconstruct(test.Rows, wide);
            model.Decode(means, wide, conditions);
            model.Sample(wide, random, conditions);
            model.LogLikelihood(test.Rows, logLikelihoods, 70, random);
        }

        AllocatedBytes.Of(Run, repetitions: 50).Should().Be(0);
    }
}
