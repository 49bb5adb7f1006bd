using FluentAssertions;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Statistics;
using Vae.Data;
using Vae.Numerics;
using Vae.Options;
using Vae.Synthesis;
using Vae.Tests.Inference;
using Vae.Tests.Reference;
using Vae.Training;
using Vae.Training.Managed;
using Xunit;

namespace Vae.Tests.Synthesis;

/// <summary>Rows of linear decoders whose noise has a known covariance.</summary>
public sealed class DependentNoiseTests
{
    private const int Count = 20_000;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Numbers_have_the_covariance_of_the_closed_form(bool dependent)
    {
        var noise = Matrix<double>.Build.DenseOfArray(new[,]
        {
            { 0.25, 0.15, 0, 0, 0.1 },
            { 0.15, 0.25, 0, 0.05, 0 },
            { 0, 0, 0.25, -0.2, 0 },
            { 0, 0.05, -0.2, 0.25, 0 },
            { 0.1, 0, 0, 0, 0.25 },
        });
        var options = new VaeOptions { LatentDimension = 2, HiddenLayers = [], NoiseScale = NoiseScaleOptions.Fixed(0.5) };
        var test = new TestModel(RandomProblem.Create(TestLayouts.Numeric, options, 1), standardized: true);
        double[] weights = test.Problem.Tensors["decoder.output.weight"];
        var loadings = Matrix<double>.Build.Dense(5, 2, (slot, d) => weights[d * 5 + slot]);
        var expected = loadings * loadings.Transpose() + (dependent ? noise : Matrix<double>.Build.DenseIdentity(5) * 0.25);

        double[][] columns = Draw(WithNoise(test, noise), dependent);

        for (int i = 0; i < 5; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                // Five standard errors of a covariance of 20,000 rows are at most 0.05 of the standard deviations' product.
                double unit = Math.Sqrt(expected[i, i] * expected[j, j]);
                double actual = columns[i].PopulationCovariance(columns[j]);
                (actual / unit).Should().BeApproximately(expected[i, j] / unit, 0.05, "the covariance of {0} and {1}", i, j);
            }
        }
    }

    [Fact]
    public void A_yes_or_no_moves_a_number_by_the_slope_of_their_errors_and_stays_as_frequent()
    {
        // In the noise's order b comes first, whatever the layout says.
        var layout = new FeatureLayoutBuilder().Numeric("x", 2).Binary("b").Build();
        var noise = Matrix<double>.Build.DenseOfArray(new[,] { { 0.25, 0.3, 0 }, { 0.3, 0.6, 0.1 }, { 0, 0.1, 0.5 } });
        double[][] columns = Draw(WithNoise(Constant(layout), noise), dependent: true);

        columns[2].Average().Should().BeApproximately(0.5, 0.02);
        Mean(columns[0], b: 1).Should().BeApproximately(0.6, 0.05, "0.3 / 0.25 · ½");
        Mean(columns[0], b: 0).Should().BeApproximately(-0.6, 0.05);
        Mean(columns[1], b: 1).Should().BeApproximately(0, 0.05);
        columns[0].PopulationVariance().Should().BeApproximately(0.6, 0.03);
        columns[0].PopulationCovariance(columns[1]).Should().BeApproximately(0.1, 0.02);

        double Mean(double[] column, double b) => column.Where((_, row) => columns[2][row] == b).Average();
    }

    [Fact]
    public void One_category_changes_the_probabilities_of_another()
    {
        // Of two columns with two categories each, 40% of the rows have the first of both and 40% the second of both.
        var layout = new FeatureLayoutBuilder().OneHot("a", 2).OneHot("b", 2).Build();
        var signs = Vector<double>.Build.Dense([1, -1]);
        var outer = signs.OuterProduct(signs);
        var noise = Matrix<double>.Build.DenseOfMatrixArray(new[,] { { outer * 0.25, outer * 0.15 }, { outer * 0.15, outer * 0.25 } })
            + Matrix<double>.Build.DenseIdentity(4) * 1e-6;
        double[][] columns = Draw(WithNoise(Constant(layout), noise), dependent: true);

        columns[0].Average().Should().BeApproximately(0.5, 0.02);
        columns[2].Average().Should().BeApproximately(0.5, 0.02);
        columns[0].Zip(columns[2], (a, b) => a == b ? 1.0 : 0).Average().Should().BeApproximately(0.8, 0.02);
    }

    [Fact]
    public void A_covariance_is_found_in_rows_with_missing_values()
    {
        var random = new Random(1);
        var layout = new FeatureLayoutBuilder().Numeric("x", 2).Binary("b").Build();
        var covariance = new ErrorCovariance(layout);
        const int rows = 5000;
        for (int row = 0; row < rows; row++)
        {
            int b = random.Next(2);
            double x = MathNet.Numerics.Distributions.Normal.Sample(random, 0, 1);
            float[] targets = [(float)(x + b), (float)(3 * x + MathNet.Numerics.Distributions.Normal.Sample(random, 0, 1)), b];
            float[] mask = [.. targets.Select(_ => random.Next(5) == 0 ? 0f : 1)];
            covariance.Add(targets, mask, [0.5f, 0, 0.5f], weight: 2);
        }

        var factor = Matrix<double>.Build.Dense(3, 3);
        double[] values = covariance.Build()!.Factor;
        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j <= i; j++)
                factor[i, j] = values[LowerTriangle.Index(i, j)];
        }

        double[,] expected = { { 0.25 + 10.0 / rows, 0.25, 0 }, { 0.25, 1.25, 3 }, { 0, 3, 10 } };
        var difference = factor * factor.Transpose() - Matrix<double>.Build.DenseOfArray(expected);
        difference.Enumerate().Should().OnlyContain(value => Math.Abs(value) < 0.7);
        difference[0, 0].Should().BeApproximately(0, 1e-3, "every error of b is ½, and ten rows say nothing of it");
        difference[1, 0].Should().BeApproximately(0, 0.03);
        difference[2, 0].Should().BeApproximately(0, 0.1);
    }

    [Fact]
    public void What_one_dimension_cannot_hold_is_in_the_noise_of_a_trained_model()
    {
        var random = new Random(3);
        float[] values = [.. Enumerable.Range(0, 1000).SelectMany(_ => (float[])[.. Pair(0.9), .. Pair(-0.9)])];
        var options = VaeOptions.ForSynthesis with { LatentDimension = 1, HiddenLayers = [8], Epochs = 20, MixtureComponents = 2 };
        var model = new ManagedTrainer().Train(
            new MatrixRows(FeatureLayout.Numeric(4), values), options, new TrainingContext { ThreadCount = 1 });

        double[][] columns = Draw(model, dependent: true), independent = Draw(model, dependent: false);
        double first = Correlation.Pearson(columns[0], columns[1]), second = Correlation.Pearson(columns[2], columns[3]);

        first.Should().BeInRange(0.75, 0.95);
        second.Should().BeInRange(-0.95, -0.75);
        Math.Min(Correlation.Pearson(independent[0], independent[1]), -Correlation.Pearson(independent[2], independent[3]))
            .Should().BeLessThan(0.6, "one dimension knows one of the pairs");

        float[] Pair(double correlation)
        {
            double x = MathNet.Numerics.Distributions.Normal.Sample(random, 0, 1);
            double y = MathNet.Numerics.Distributions.Normal.Sample(random, 0, Math.Sqrt(1 - correlation * correlation));
            return [(float)x, (float)(correlation * x + y)];
        }
    }

    /// <summary>A decoder that says 0 of every number and ½ of every category.</summary>
    private static TestModel Constant(FeatureLayout layout)
    {
        var problem = RandomProblem.Create(layout, new VaeOptions { LatentDimension = 1, HiddenLayers = [] }, 1);
        Array.Clear(problem.Tensors["decoder.output.weight"]);
        Array.Clear(problem.Tensors["decoder.output.bias"]);
        return new TestModel(problem, standardized: true);
    }

    private static VaeModel WithNoise(TestModel test, Matrix<double> noise)
    {
        var factor = noise.Cholesky().Factor;
        double[] values = [.. Enumerable.Range(0, noise.RowCount).SelectMany(i => Enumerable.Range(0, i + 1).Select(j => factor[i, j]))];
        return new VaeModel(test.Model.Parts with { DependentNoise = DependentNoise.Create(test.Model.Layout, values) });
    }

    private static double[][] Draw(VaeModel model, bool dependent)
    {
        int slots = model.Layout.SlotCount;
        var rows = new float[Count * slots];
        model.Synthesize(new SynthesisOptions { Seed = 1, DependentNoise = dependent }).Draw(0, rows);
        return [.. Enumerable.Range(0, slots).Select(
            slot => Enumerable.Range(0, Count).Select(row => (double)rows[row * slots + slot]).ToArray())];
    }
}
