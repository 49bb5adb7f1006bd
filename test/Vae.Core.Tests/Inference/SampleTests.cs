using FluentAssertions;
using Vae.Options;
using Vae.Tests.Reference;
using Xunit;

namespace Vae.Tests.Inference;

public class SampleTests
{
    private const int Rows = 20_000;

    [Fact]
    public void Numeric_slots_have_the_moments_of_the_linear_model()
    {
        var options = new VaeOptions { LatentDimension = 2, HiddenLayers = [], NoiseScale = NoiseScaleOptions.Fixed(0.7) };
        var test = new TestModel(RandomProblem.Create(TestLayouts.Numeric, options, 1));
        float[] rows = Draw(test, 5);
        double[] weights = test.Problem.Tensors["decoder.output.weight"];
        for (int slot = 0; slot < 5; slot++)
        {
            double[] values = Column(rows, slot, 5);
            double variance = weights[slot] * weights[slot] + weights[5 + slot] * weights[5 + slot] + 0.49;
            double deviation = test.Deviations[slot] * Math.Sqrt(variance);
            double mean = test.Means[slot] + test.Deviations[slot] * test.Problem.Tensors["decoder.output.bias"][slot];
            values.Average().Should().BeApproximately(mean, 4 * deviation / Math.Sqrt(Rows));
            Deviation(values).Should().BeApproximately(deviation, 4 * deviation / Math.Sqrt(2 * Rows));
        }
    }

    [Fact]
    public void Log_cosh_noise_has_the_spread_of_its_density()
    {
        var options = new VaeOptions
        {
            LatentDimension = 1,
            HiddenLayers = [],
            NoiseScale = NoiseScaleOptions.Fixed(0.5),
            NumericLikelihood = NumericLikelihoodKind.LogCosh,
        };
        var problem = RandomProblem.Create(TestLayouts.Numeric, options, 1);
        Array.Clear(problem.Tensors["decoder.output.weight"]);
        var test = new TestModel(problem);
        double[] values = Column(Draw(test, 5), 0, 5);
        double square = 0;
        for (double t = -60; t < 60; t += 1e-3)
            square += 1e-3 * t * t * Math.Exp(LogCoshDensity.LogKernel(t)) / LogCoshDensity.Area(1);
        double deviation = test.Deviations[0] * 0.5 * Math.Sqrt(square);
        Deviation(values).Should().BeApproximately(deviation, 0.03 * deviation);
    }

    [Theory]
    [InlineData(OneHotLikelihoodKind.Bernoulli)]
    [InlineData(OneHotLikelihoodKind.Categorical)]
    public void Categories_come_as_often_as_they_are_probable(OneHotLikelihoodKind likelihood)
    {
        var options = new VaeOptions { LatentDimension = 1, HiddenLayers = [], OneHotLikelihood = likelihood };
        var problem = RandomProblem.Create(TestLayouts.Categories, options, 1);
        Array.Clear(problem.Tensors["decoder.output.weight"]);
        var test = new TestModel(problem);
        float[] rows = Draw(test, 9);
        double[] bias = problem.Tensors["decoder.output.bias"];
        bool softmax = likelihood == OneHotLikelihoodKind.Categorical;
        var odds = bias[..3].Select(logit => softmax ? Math.Exp(logit) : 1 / (1 + Math.Exp(-logit))).ToArray();
        for (int row = 0; row < Rows; row++)
            (rows.AsSpan(row * 9, 3).ToArray().Sum(), rows.AsSpan((row * 9) + 4, 5).ToArray().Sum()).Should().Be((1, 1));
        for (int slot = 0; slot < 3; slot++)
            Column(rows, slot, 9).Average().Should().BeApproximately(odds[slot] / odds.Sum(), 4 * 0.5 / Math.Sqrt(Rows));
        Column(rows, 3, 9).Should().OnlyContain(value => value == 0 || value == 1);
        Column(rows, 3, 9).Average().Should().BeApproximately(1 / (1 + Math.Exp(-bias[3])), 4 * 0.5 / Math.Sqrt(Rows));
    }

    [Fact]
    public void A_seed_repeats_the_rows_and_conditions_count()
    {
        var options = new VaeOptions { LatentDimension = 2, HiddenLayers = [4] };
        var test = new TestModel(RandomProblem.Create(TestLayouts.Conditional, options, 1));
        float[] first = new float[8], again = new float[8], other = new float[8];
        test.Model.Sample(first, new Random(6), [20, 1, 1, 0, 0]);
        test.Model.Sample(again, new Random(6), [20, 1, 1, 0, 0]);
        test.Model.Sample(other, new Random(6), [90, 0, 0, 0, 1]);
        again.Should().Equal(first);
        other.Should().NotEqual(first);
    }

    private static float[] Draw(TestModel test, int slots)
    {
        var rows = new float[Rows * slots];
        test.Model.Sample(rows, new Random(8));
        return rows;
    }

    private static double[] Column(float[] rows, int slot, int slots) =>
        [.. Enumerable.Range(0, Rows).Select(row => (double)rows[(row * slots) + slot])];

    private static double Deviation(double[] values)
    {
        double mean = values.Average();
        return Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
    }
}
