using FluentAssertions;
using Vae.Data;
using Vae.Losses.Reconstruction;
using Vae.Options;
using Vae.Tests.Reference;
using Vae.Tests.Trust.TrainedBits;
using Vae.Training.Managed;
using Xunit;

namespace Vae.Tests.Explanation;

public sealed class IntervalTests
{
    /// <summary>
    /// The promise is 90%. A model of 120 wines is surer of itself than it should be, or less sure, by a few points, over all rows and
    /// columns of the wines that it has not seen; with log-cosh, whose tails are long, by up to seven.
    /// </summary>
    [Theory]
    [InlineData(NumericLikelihoodKind.Gaussian, StandardizationMethod.MeanAndDeviation)]
    [InlineData(NumericLikelihoodKind.LogCosh, StandardizationMethod.MeanAndDeviation)]
    [InlineData(NumericLikelihoodKind.Gaussian, StandardizationMethod.Quantile)]
    public void Intervals_of_90_percent_hold_about_so_many_values_of_new_rows(
        NumericLikelihoodKind likelihood, StandardizationMethod standardization)
    {
        var options = new VaeOptions { NumericLikelihood = likelihood, Standardization = standardization, Epochs = 100 };
        Covered(TrainedBitsTables.Wine, 120, options).Should().BeInRange(0.85, 0.97);
    }

    [Fact]
    public void Sets_of_categories_hold_about_as_many_values_of_new_rows() =>
        Covered(TrainedBitsTables.Credit, 200, new VaeOptions { InitialWeights = InitialWeightsKind.Random, Epochs = 50 })
            .Should().BeInRange(0.85, 0.95);

    /// <summary>Of a linear decoder, Var x = s² + Σ w²σ².</summary>
    [Fact]
    public void The_interval_of_a_linear_model_is_that_of_its_marginal_distribution()
    {
        const double scale = 0.7;
        var options = new VaeOptions { LatentDimension = 3, HiddenLayers = [], NoiseScale = NoiseScaleOptions.Fixed(scale) };
        var model = UntrainedModels.Create(FeatureLayout.Numeric(5), options, randomWeights: 2);
        float[] row = [1, -2, 0.5f, 3, -1];
        var feature = model.Describe(row, reasons: 0, level: 0.9).Features[1];

        float[] means = new float[3];
        float[] logVariances = new float[3];
        model.Encode([row[0], float.NaN, .. row[2..]], means, logVariances);
        double expected = Decode(means);
        double variance = scale * scale;
        for (int d = 0; d < 3; d++)
        {
            float[] moved = [.. means];
            moved[d] += 1;
            variance += Math.Pow(Decode(moved) - expected, 2) * Math.Exp(logVariances[d]);
        }

        variance.Should().BeGreaterThan(1.1 * scale * scale);
        feature.Low.Should().BeApproximately((float)(expected - 1.6448536 * Math.Sqrt(variance)), 1e-4f);
        feature.High.Should().BeApproximately((float)(expected + 1.6448536 * Math.Sqrt(variance)), 1e-4f);

        double Decode(float[] latent)
        {
            float[] decoded = new float[5];
            model.Decode(latent, decoded);
            return decoded[1];
        }
    }

    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0.05, 1.6448536269514722)]
    [InlineData(0.005, 2.5758293035489004)]
    public void The_quantile_of_a_Gaussian(double probability, double expected) =>
        new GaussianLikelihood(0, 1).UpperQuantile(probability).Should().BeApproximately(expected, 1e-9);

    [Theory]
    [InlineData(0.45)]
    [InlineData(0.25)]
    [InlineData(0.05)]
    [InlineData(0.001)]
    public void Log_cosh_leaves_its_probability_beyond_its_quantile(double probability)
    {
        double quantile = new LogCoshLikelihood(0, 1).UpperQuantile(probability);
        Integrate(quantile, t => 1).Should().BeApproximately(probability, 1e-6 + 1e-4 * probability);
    }

    [Fact]
    public void The_variance_of_log_cosh_is_that_of_its_density() =>
        new LogCoshLikelihood(0, 1).Variance.Should().BeApproximately(2 * Integrate(0, t => t * t), 1e-5);

    private static double Integrate(double from, Func<double, double> weight)
    {
        const double step = 1e-4;
        double sum = 0;
        for (double t = from + step / 2; t < 60; t += step)
            sum += step * weight(t) * Math.Exp(LogCoshDensity.LogKernel(t)) / LogCoshDensity.Area(1);
        return sum;
    }

    /// <summary>The part of the values of unseen rows that do not surprise a model of the others.</summary>
    private static double Covered(MatrixRows table, int trainingRows, VaeOptions options)
    {
        int width = table.Layout.RowWidth;
        float[] values = new float[table.Count * width];
        using (var reader = table.Open())
            reader.Read(values, []);
        float[][] rows = [.. values.Chunk(width)];
        new Random(1).Shuffle(rows);
        var model = new ManagedTrainer().Train(
            new MatrixRows(table.Layout, rows[..trainingRows].SelectMany(row => row).ToArray()), options);
        return rows[trainingRows..].SelectMany(row => model.Describe(row, reasons: 0).Features)
            .Average(feature => feature.IsSurprising ? 0 : 1);
    }
}
