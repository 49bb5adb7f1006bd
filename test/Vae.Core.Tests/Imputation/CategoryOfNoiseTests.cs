using FluentAssertions;
using MathNet.Numerics.LinearAlgebra;
using Vae.Data;
using Vae.Imputation;
using Vae.Options;
using Vae.Tests.Inference;
using Vae.Tests.Reference;
using Vae.Training.Managed;
using Xunit;

namespace Vae.Core.Tests.Imputation;

/// <summary>
/// Three numbers of a linear decoder and a yes/no value b that z knows nothing of: x | b ~ N(m + β·(b − ½), w·wᵀ + R), in closed form. The
/// encoder says the same of every row.
/// </summary>
public sealed class CategoryOfNoiseTests
{
    private const int Numbers = 3;
    private const int Size = Numbers + 1;
    private const double Variance = 0.3;

    private static readonly FeatureLayout Layout = new FeatureLayoutBuilder().Numeric("x", Numbers).Binary("b").Build();

    private static readonly Vector<double> Effect = Vector<double>.Build.Dense([1.2, -0.8, 0]);

    private static readonly Matrix<double> Rest =
        Matrix<double>.Build.DenseOfArray(new[,] { { 0.25, 0.1, 0 }, { 0.1, 0.25, -0.05 }, { 0, -0.05, 0.25 } });

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(float.NaN)]
    public void A_mean_knows_the_yes_or_no_that_a_number_depends_on(float given)
    {
        var test = Create();
        float[] filled = new float[Size];
        Imputer(test, samples: 10_000).Impute([0.4f, float.NaN, -0.7f, given], filled);
        var (mean, variance) = ClosedForm(test, given);

        ((filled[1] - mean) / Math.Sqrt(variance)).Should().BeInRange(-0.06, 0.06, "the mean is {0}", mean);
    }

    [Fact]
    public void Draws_know_it_too()
    {
        const int draws = 4000;
        var test = Create();
        float[] filled = new float[draws * Size];
        Imputer(test, samples: 300).Draw(
            [.. Enumerable.Repeat(new[] { 0.4f, float.NaN, -0.7f, 1 }, draws).SelectMany(row => row)], 0, filled);
        double[] values = [.. Enumerable.Range(0, draws).Select(row => (double)filled[row * Size + 1])];
        var (mean, variance) = ClosedForm(test, given: 1);

        double average = values.Average();
        ((average - mean) / Math.Sqrt(variance)).Should().BeInRange(-0.08, 0.08, "five standard errors of 4,000 draws");
        (values.Average(value => Math.Pow(value - average, 2)) / variance).Should().BeApproximately(1, 0.12);
    }

    [Fact]
    public void A_number_that_a_yes_or_no_explains_is_found_in_rows_with_gaps()
    {
        var random = new Random(1);
        var problem = RandomProblem.Create(Layout, new VaeOptions { LatentDimension = 1, HiddenLayers = [] }, 1);
        Array.Clear(problem.Tensors["decoder.output.weight"]);
        Array.Clear(problem.Tensors["decoder.output.bias"]);
        float[] values = [.. Enumerable.Range(0, 2000).SelectMany(_ => Row())];

        var noise = NoiseEstimate.Of(
            new TestModel(problem, standardized: true).Model, new MatrixRows(Layout, values), CancellationToken.None).WithCategories!.Noise;

        noise.Numbers.Should().Be(Numbers);
        noise[0, 0].Should().BeApproximately(1, 0.12);
        (noise[0, 3] / noise[3, 3]).Should().BeApproximately(1.2, 0.12, "that is what one more in b makes of x₀");
        (noise[1, 3] / noise[3, 3]).Should().BeApproximately(0, 0.12);

        float[] Row()
        {
            int b = random.Next(2);
            float[] row = [(float)(1.2 * (b - 0.5) + 0.8 * Normal()), (float)Normal(), (float)Normal(), b];
            return Array.ConvertAll(row, value => random.Next(5) == 0 ? float.NaN : value);
        }

        double Normal() => MathNet.Numerics.Distributions.Normal.Sample(random, 0, 1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Categories_are_asked_where_they_tell_of_numbers_and_left_alone_elsewhere(bool tell)
    {
        double[] levels = [1.5, -0.5, 0.5, -1.5, 1, -1];
        var random = new Random(2);
        var layout = new FeatureLayoutBuilder().Numeric("level").Numeric("noise", 3).OneHot("place", levels.Length).Build();
        var options = new ImputationOptions
        {
            Model = new VaeOptions { LatentDimension = 1, HiddenLayers = [], Epochs = 10, ValidationFraction = 0.3, Seed = 1 },
            ModelCount = 1,
        };

        float[] values = [.. Enumerable.Range(0, 400).SelectMany(_ => Row())];
        var imputer = VaeImputer.Train(new ManagedTrainer(), new MatrixRows(layout, values), options);

        imputer.Parts[0].Noise.Size.Should().Be(tell ? layout.SlotCount : layout.NumericSlots.Length);
        if (!tell) return;
        float[] filled = new float[layout.SlotCount];
        imputer.Impute([float.NaN, 0, 0, 0, 0, 0, 0, 1, 0, 0], filled);
        filled[0].Should().BeInRange(-1.6f, -1.1f);

        float[] Row()
        {
            int place = random.Next(levels.Length);
            float level = tell ? (float)levels[place] : (float)levels[random.Next(levels.Length)];
            float[] noise = [.. Enumerable.Range(0, 3).Select(_ => random.NextSingle())];
            return [level, .. noise, .. Enumerable.Range(0, levels.Length).Select(i => i == place ? 1f : 0)];
        }
    }

    private static TestModel Create()
    {
        var options = new VaeOptions { LatentDimension = 1, HiddenLayers = [] };
        var problem = RandomProblem.Create(Layout, options, 1);
        Array.Clear(problem.Tensors["encoder.head.weight"]);
        Array.Fill(problem.Tensors["encoder.head.bias"], 0.2);
        problem.Tensors["decoder.output.weight"][Numbers] = problem.Tensors["decoder.output.bias"][Numbers] = 0;
        return new TestModel(problem, standardized: true);
    }

    private static VaeImputer Imputer(TestModel test, int samples)
    {
        var covariance = Matrix<double>.Build.Dense(Size, Size);
        covariance.SetSubMatrix(0, 0, Rest + Effect.OuterProduct(Effect) * Variance);
        covariance.SetSubMatrix(0, Numbers, (Effect * Variance).ToColumnMatrix());
        covariance.SetSubMatrix(Numbers, 0, (Effect * Variance).ToRowMatrix());
        covariance[Numbers, Numbers] = Variance;
        var noise = new NoiseCovariance(Numbers, Size, [.. covariance.Enumerate()]);
        return new VaeImputer([new ImputerPart(test.Model, noise)], new ImputationOptions { Samples = samples });
    }

    /// <summary>x₁ given x₀, x₂ and b, which may be missing.</summary>
    private static (double Mean, double Variance) ClosedForm(TestModel test, float given)
    {
        var mean = Vector<double>.Build.Dense(Numbers, slot => test.Problem.Tensors["decoder.output.bias"][slot]);
        var loadings = Vector<double>.Build.Dense(Numbers, slot => test.Problem.Tensors["decoder.output.weight"][slot]);
        var covariance = loadings.OuterProduct(loadings) + Rest;
        if (float.IsNaN(given))
            covariance += Effect.OuterProduct(Effect) * Variance;
        else
            mean += Effect * (given - 0.5);
        var observed = Matrix<double>.Build.DenseOfArray(
            new[,] { { covariance[0, 0], covariance[0, 2] }, { covariance[2, 0], covariance[2, 2] } });
        var shared = Vector<double>.Build.Dense([covariance[1, 0], covariance[1, 2]]);
        var gain = observed.Inverse() * shared;
        return (mean[1] + gain * Vector<double>.Build.Dense([0.4 - mean[0], -0.7 - mean[2]]), covariance[1, 1] - gain * shared);
    }
}
