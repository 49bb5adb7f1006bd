using FluentAssertions;
using Vae.Options;
using Vae.Tests.Reference;
using Xunit;

namespace Vae.Tests.Inference;

/// <summary>Importance sampling against marginal likelihoods that are known in closed form.</summary>
public class LogLikelihoodTests
{
    private const int Dimensions = 2;

    [Fact]
    public void With_the_exact_posterior_one_sample_gives_the_exact_value()
    {
        var (test, exact) = Create(exactPosterior: true);
        var values = new double[test.Count];
        test.Model.LogLikelihood(test.Rows, values, 1, new Random(3));
        for (int row = 0; row < test.Count; row++)
            values[row].Should().BeApproximately(exact[row], 1e-4);
    }

    [Fact]
    public void With_another_posterior_the_value_rises_to_the_exact_one()
    {
        var (test, exact) = Create(exactPosterior: false);
        double few = Average(test, 3) - exact.Average();
        double many = Average(test, 10_000) - exact.Average();
        few.Should().BeLessThan(-0.3);
        many.Should().BeInRange(-0.02, 0.02);
    }

    [Fact]
    public void The_memory_of_a_row_does_not_grow_with_its_samples()
    {
        var (test, _) = Create(exactPosterior: false);
        float[] row = test.Row(0).ToArray();
        double[] value = new double[1];
        Exhaust(); // The first exception costs what later ones do not.
        long before = GC.GetAllocatedBytesForCurrentThread();
        Exhaust();
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(1_000_000, "a number for each sample would be 16 GB");

        void Exhaust()
        {
            var most = () => test.Model.LogLikelihood(row, value, int.MaxValue, new Exhaustible(draws: 100_000));
            most.Should().Throw<TimeoutException>("the samples are drawn one block behind the other");
        }
    }

    [Fact]
    public void Missing_values_are_integrated_out()
    {
        var (test, _) = Create(exactPosterior: false);
        float[] row = test.Row(0).ToArray();
        row[1] = float.NaN;
        var (mean, loadings, scales) = Decoder(test);
        int[] seen = [0, 2, 3, 4];
        var kept = new double[4, Dimensions];
        for (int i = 0; i < 4; i++)
        {
            for (int d = 0; d < Dimensions; d++)
                kept[i, d] = loadings[seen[i], d];
        }

        double exact = new LinearGaussian([.. seen.Select(slot => mean[slot])], kept, [.. seen.Select(slot => scales[slot])])
            .LogDensity([.. seen.Select(slot => (double)row[slot])]);
        var value = new double[1];
        test.Model.LogLikelihood(row, value, 100_000, new Random(5));
        value[0].Should().BeApproximately(exact, 0.03);
    }

    [Fact]
    public void Binary_values_agree_with_quadrature()
    {
        var options = new VaeOptions { LatentDimension = 1, HiddenLayers = [4], Activation = Activation.Tanh };
        var test = new TestModel(RandomProblem.Create(TestLayouts.Categories, options, 3));
        var values = new double[3];
        test.Model.LogLikelihood(test.Rows, values, 100_000, new Random(1));
        for (int row = 0; row < 3; row++)
        {
            double sum = 0;
            for (double z = -8; z < 8; z += 0.01)
                sum += 0.01 * Math.Exp(-0.5 * z * z) / Math.Sqrt(2 * Math.PI) * Math.Exp(-Reconstruction(test, row, z));
            values[row].Should().BeApproximately(Math.Log(sum), 0.02);
        }
    }

    private static double Reconstruction(TestModel test, int row, double z)
    {
        double[] outputs = new ReferenceNetwork(test.Problem).Decode([[z]])[0];
        return new ReferenceReconstruction(test.Problem).Of(test.Problem.Rows[row], outputs);
    }

    private static double Average(TestModel test, int samples)
    {
        var values = new double[test.Count];
        test.Model.LogLikelihood(test.Rows, values, samples, new Random(4));
        return values.Average();
    }

    /// <summary>
    /// A linear model whose loadings are orthogonal, so that the exact posterior has independent dimensions and a linear encoder can have
    /// it.
    /// </summary>
    private static (TestModel Test, double[] Exact) Create(bool exactPosterior)
    {
        var options = new VaeOptions { LatentDimension = Dimensions, HiddenLayers = [], NoiseScale = NoiseScaleOptions.Fixed(0.5) };
        var problem = RandomProblem.Create(TestLayouts.Numeric, options, 12);
        double[] first = [0.5, 0.25, -0.75, 0.5, 0.25], second = [0.5, 0.5, 0.5, 0, 0];
        for (int slot = 0; slot < 5; slot++)
        {
            problem.Tensors["decoder.output.weight"][slot] = first[slot];
            problem.Tensors["decoder.output.weight"][5 + slot] = second[slot];
        }

        first.Zip(second, (a, b) => a * b).Sum().Should().Be(0);
        if (exactPosterior)
        {
            double[] precisions = [1 + first.Sum(w => w * w) / 0.25, 1 + second.Sum(w => w * w) / 0.25];
            double[] bias = problem.Tensors["decoder.output.bias"];
            Array.Clear(problem.Tensors["encoder.head.weight"]);
            Array.Clear(problem.Tensors["encoder.head.bias"]);
            for (int d = 0; d < Dimensions; d++)
            {
                double[] loadings = d == 0 ? first : second;
                for (int slot = 0; slot < 5; slot++)
                {
                    double weight = loadings[slot] / 0.25 / precisions[d];
                    problem.Tensors["encoder.head.weight"][(slot * 2 * Dimensions) + d] = weight;
                    problem.Tensors["encoder.head.bias"][d] -= weight * bias[slot];
                }

                problem.Tensors["encoder.head.bias"][Dimensions + d] = -Math.Log(precisions[d]);
            }
        }

        var test = new TestModel(problem);
        var (mean, factors, scales) = Decoder(test);
        var density = new LinearGaussian(mean, factors, scales);
        var rows = Enumerable.Range(0, test.Count).Select(row => Array.ConvertAll(test.Row(row).ToArray(), value => (double)value));
        return (test, [.. rows.Select(row => density.LogDensity(row))]);
    }

    /// <summary>The decoder in original units.</summary>
    private static (double[] Mean, double[,] Loadings, double[] Scales) Decoder(TestModel test)
    {
        var loadings = new double[5, Dimensions];
        for (int slot = 0; slot < 5; slot++)
        {
            for (int d = 0; d < Dimensions; d++)
                loadings[slot, d] = test.Deviations[slot] * test.Problem.Tensors["decoder.output.weight"][(d * 5) + slot];
        }

        double[] bias = test.Problem.Tensors["decoder.output.bias"];
        double[] mean = [.. bias.Select((value, slot) => test.Means[slot] + test.Deviations[slot] * value)];
        return (mean, loadings, Array.ConvertAll(test.Deviations, deviation => 0.5 * deviation));
    }

    /// <summary>Ends a calculation that would take an hour.</summary>
    private sealed class Exhaustible(int draws) : Random(1)
    {
        private int _left = draws;

        public override double NextDouble() => _left-- > 0 ? base.NextDouble() : throw new TimeoutException();
    }
}
