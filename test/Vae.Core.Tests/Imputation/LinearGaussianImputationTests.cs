using FluentAssertions;
using MathNet.Numerics.LinearAlgebra;
using Vae.Imputation;
using Vae.Options;
using Vae.Tests.Inference;
using Vae.Tests.Reference;
using Xunit;

namespace Vae.Core.Tests.Imputation;

/// <summary>
/// Gaps of a linear decoder with Gaussian noise, whose distribution is known in closed form: x ~ N(m, W·Wᵀ + Σ). The encoder says the same
/// of every row, so that all that is known of z comes from the weights.
/// </summary>
public sealed class LinearGaussianImputationTests
{
    private const int Slots = 5;
    private const int Dimensions = 2;
    private const double Scale = 0.5;

    private static readonly double[,] Correlated =
    {
        { 0.25, 0.15, 0, 0, 0.1 },
        { 0.15, 0.25, 0, 0.05, 0 },
        { 0, 0, 0.25, -0.2, 0 },
        { 0, 0.05, -0.2, 0.25, 0 },
        { 0.1, 0, 0, 0, 0.25 },
    };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_mean_is_that_of_the_closed_form(bool correlated)
    {
        var test = Create();
        var imputer = Imputer(test, correlated, samples: 10_000);
        for (int row = 0; row < test.Count; row++)
        {
            float[] gaps = Gaps(test, row);
            float[] filled = new float[Slots];
            imputer.Impute(gaps, filled);
            var (means, covariance) = ClosedForm(test, gaps, correlated);
            for (int i = 0; i < means.Count; i++)
            {
                double deviation = Math.Sqrt(covariance[i, i]);
                ((filled[Missing(gaps)[i]] - means[i]) / deviation)
                    .Should().BeInRange(-0.1, 0.1, "row {0} has the mean {1}", row, means[i]);
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Draws_have_the_means_and_covariances_of_the_closed_form(bool correlated)
    {
        const int draws = 2000;
        var test = Create();
        float[] gaps = Gaps(test, 0);
        int[] missing = Missing(gaps);
        float[] filled = new float[draws * Slots];
        Imputer(test, correlated, samples: 300).Draw([.. Enumerable.Repeat(gaps, draws).SelectMany(row => row)], 0, filled);
        var (means, covariance) = ClosedForm(test, gaps, correlated);
        double[][] columns =
            [.. missing.Select(slot => Enumerable.Range(0, draws).Select(row => (double)filled[row * Slots + slot]).ToArray())];

        for (int i = 0; i < missing.Length; i++)
        {
            double deviation = Math.Sqrt(covariance[i, i]);
            ((columns[i].Average() - means[i]) / deviation).Should().BeInRange(-0.11, 0.11, "five standard errors of 2,000 draws");
            for (int j = 0; j <= i; j++)
            {
                double actual = columns[i].Zip(columns[j], (a, b) => (a - columns[i].Average()) * (b - columns[j].Average())).Average();
                double unit = deviation * Math.Sqrt(covariance[j, j]);
                (actual / unit).Should().BeApproximately(covariance[i, j] / unit, 0.16, "the covariance of {0} and {1}", i, j);
            }
        }
    }

    [Fact]
    public void A_median_of_a_normal_distribution_is_its_mean()
    {
        var test = Create();
        float[] gaps = Gaps(test, 1);
        float[] filled = new float[Slots];
        new VaeImputer(test.Model, new ImputationOptions { Samples = 10_000, Numbers = NumberImputation.Median }).Impute(gaps, filled);
        var (means, covariance) = ClosedForm(test, gaps, correlated: false);
        for (int i = 0; i < means.Count; i++)
            ((filled[Missing(gaps)[i]] - means[i]) / Math.Sqrt(covariance[i, i])).Should().BeInRange(-0.15, 0.15);
    }

    /// <summary>A linear decoder with random weights, and an encoder that says μ = 0.2 and log σ² = 0.2.</summary>
    private static TestModel Create()
    {
        var options = new VaeOptions { LatentDimension = Dimensions, HiddenLayers = [], NoiseScale = NoiseScaleOptions.Fixed(Scale) };
        var problem = RandomProblem.Create(TestLayouts.Numeric, options, 6);
        Array.Clear(problem.Tensors["encoder.head.weight"]);
        Array.Fill(problem.Tensors["encoder.head.bias"], 0.2);
        return new TestModel(problem);
    }

    private static VaeImputer Imputer(TestModel test, bool correlated, int samples)
    {
        var noise = new NoiseCovariance(Slots, Slots, [.. Noise(correlated).Enumerate()]);
        return new VaeImputer([new ImputerPart(test.Model, noise)], new ImputationOptions { Samples = samples });
    }

    private static Matrix<double> Noise(bool correlated) => correlated
        ? Matrix<double>.Build.DenseOfArray(Correlated)
        : Matrix<double>.Build.DenseIdentity(Slots) * Scale * Scale;

    /// <summary>A row without two or three of its values.</summary>
    private static float[] Gaps(TestModel test, int row)
    {
        float[] gaps = test.Row(row).ToArray();
        gaps[row % Slots] = gaps[(row + 2) % Slots] = float.NaN;
        if (row % 2 == 0) gaps[(row + 3) % Slots] = float.NaN;
        return gaps;
    }

    private static int[] Missing(float[] gaps) => [.. Enumerable.Range(0, Slots).Where(slot => float.IsNaN(gaps[slot]))];

    private static (Vector<double> Means, Matrix<double> Covariance) ClosedForm(TestModel test, float[] gaps, bool correlated)
    {
        var loadings = Matrix<double>.Build.Dense(
            Slots, Dimensions, (slot, d) => test.Problem.Tensors["decoder.output.weight"][d * Slots + slot]);
        var units = Matrix<double>.Build.DenseOfDiagonalArray(test.Deviations);
        var covariance = units * (loadings * loadings.Transpose() + Noise(correlated)) * units;
        var mean = Vector<double>.Build.Dense(
            Slots, slot => test.Means[slot] + test.Deviations[slot] * test.Problem.Tensors["decoder.output.bias"][slot]);
        int[] missing = Missing(gaps);
        int[] observed = [.. Enumerable.Range(0, Slots).Except(missing)];
        var gain = Part(missing, observed) * Part(observed, observed).Inverse();
        var errors = Vector<double>.Build.Dense(observed.Length, i => gaps[observed[i]] - mean[observed[i]]);
        var means = Vector<double>.Build.Dense(missing.Length, i => mean[missing[i]]) + gain * errors;
        return (means, Part(missing, missing) - gain * Part(observed, missing));

        Matrix<double> Part(int[] rows, int[] columns) =>
            Matrix<double>.Build.Dense(rows.Length, columns.Length, (i, j) => covariance[rows[i], columns[j]]);
    }
}
