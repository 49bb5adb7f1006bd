using FluentAssertions;
using Vae.Losses;
using Vae.Losses.Latent;
using Vae.Options;
using Xunit;

namespace Vae.Tests.Losses;

/// <summary>The estimate of the maximum mean discrepancy over many seeds, against its closed form.</summary>
public class DiscrepancyTests
{
    private const int Rows = 50;
    private const int Repetitions = 400;

    [Theory]
    [InlineData(LatentKernel.RadialBasisFunction)]
    [InlineData(LatentKernel.InverseMultiquadric)]
    public void Between_two_samples_of_the_prior_it_is_zero_on_average(LatentKernel kernel)
    {
        double[] values = Estimates(new InfoVaeOptions { Alpha = 1, Lambda = 1, Kernel = kernel }, shift: 0, scale: 1);
        values.Average().Should().BeApproximately(0, 4 * StandardError(values));
        values.Should().Contain(value => value < 0, "an unbiased estimate of zero is negative half of the time");
    }

    [Theory]
    [InlineData(0.5, 1, 1)]
    [InlineData(1.5, 1, 0.7)]
    [InlineData(0, 0.3, 1)]
    public void Between_two_normal_samples_it_has_the_closed_form_of_the_Gaussian_kernel(double shift, double scale, double bandwidth)
    {
        const int k = 2;
        double width = 2 * k * bandwidth * bandwidth;

        // E exp(−‖d‖²/w) with d ~ N(m, v·I) in k dimensions is (1 + 2v/w)^(−k/2)·exp(−‖m‖²/(w + 2v)).
        double Expected(double squaredMean, double variance) =>
            Math.Pow(1 + 2 * variance / width, -k / 2.0) * Math.Exp(-squaredMean / (width + 2 * variance));
        double exact = Expected(0, 2 * scale * scale) + Expected(0, 2) - 2 * Expected(k * shift * shift, scale * scale + 1);

        double[] values = Estimates(
            new InfoVaeOptions { Alpha = 1, Lambda = 1, Kernel = LatentKernel.RadialBasisFunction, Bandwidth = bandwidth }, shift, scale);
        exact.Should().BeGreaterThan(10 * StandardError(values), "else zero would pass");
        values.Average().Should().BeApproximately(exact, 4 * StandardError(values));
    }

    private static double StandardError(double[] values)
    {
        double mean = values.Average();
        return Math.Sqrt(values.Average(value => (value - mean) * (value - mean)) / values.Length);
    }

    /// <summary>Estimates for z ~ N(shift, scale²) in two dimensions.</summary>
    private static double[] Estimates(InfoVaeOptions regularizer, double shift, double scale)
    {
        var term = Regularizer.Create(regularizer, 2, Rows, Rows);
        var random = new Random(4);
        return [.. Enumerable.Range(0, Repetitions).Select(step =>
        {
            float[] weights = [.. Enumerable.Repeat(1f / Rows, Rows)];
            var posterior = new LatentPosterior(new ValueAndGradient(Rows, 4), new ValueAndGradient(Rows, 2), 2, weights);
            for (int row = 0; row < Rows; row++)
            {
                foreach (ref float z in posterior.Latent.Value.Row(row))
                    z = (float)(shift + scale * TestTables.Normal(random));
            }

            term.Complete(new StepInfo(step, Rows, Seed: 9, Factor: 1, Training: true), posterior, 0, Rows);
            return posterior.Terms.Average(value => (double)value);
        })];
    }
}
