using FluentAssertions;
using Vae.Numerics.RandomNumbers;
using Vae.Synthesis;
using Xunit;

namespace Vae.Tests.Synthesis;

public sealed class MixtureFitTests
{
    private const int Rows = 4_000;

    [Fact]
    public void Two_clusters_are_found_with_their_shares_means_and_covariances()
    {
        var mixture = Fit(TwoClusters(), components: 2)!;
        int left = mixture.Means[0] < mixture.Means[2] ? 0 : 1;
        mixture.Weights[left].Should().BeApproximately(0.25, 0.03);
        mixture.Means[2 * left].Should().BeApproximately(-3, 0.1);
        mixture.Means[2 * (1 - left)].Should().BeApproximately(3, 0.1);

        // The right cluster is (3 + a, a + 0.3 b): factor [1, 0; 1, 0.3].
        double[] factor = mixture.Factors[(3 * (1 - left))..(3 * (1 - left) + 3)];
        factor[0].Should().BeApproximately(1, 0.05);
        factor[1].Should().BeApproximately(1, 0.05);
        factor[2].Should().BeApproximately(0.3, 0.03);
    }

    [Fact]
    public void Draws_have_the_moments_of_what_was_fitted()
    {
        float[] latents = TwoClusters();
        var mixture = Fit(latents, components: 4)!;
        var random = new PhiloxRandom(3, 1);
        var drawn = new float[latents.Length];
        for (int row = 0; row < Rows; row++)
            mixture.Draw(drawn.AsSpan(2 * row, 2), random);
        for (int d = 0; d < 2; d++)
        {
            var (mean, deviation) = Moments(latents, d);
            var (drawnMean, drawnDeviation) = Moments(drawn, d);
            drawnMean.Should().BeApproximately(mean, 5 * deviation / Math.Sqrt(Rows));
            drawnDeviation.Should().BeApproximately(deviation, 0.05 * deviation);
        }
    }

    [Fact]
    public void The_density_of_the_standard_normal_mixture_is_that_of_N_0_I()
    {
        var mixture = LatentMixture.Create(2, [0.5, 0.5], [0, 0, 0, 0], [1, 0, 1, 1, 0, 1])!;
        foreach (float[] z in new float[][] { [0, 0], [1, -2], [6, 7] })
        {
            double expected = new LatentDistribution(2, null).LogDensity(z);
            mixture.LogDensity(z).Should().BeApproximately(expected, 1e-12);
        }
    }

    [Fact]
    public void Too_few_vectors_have_no_mixture_and_no_component_has_fewer_than_twenty()
    {
        Fit(TwoClusters()[..(2 * 19)], components: 3).Should().BeNull();
        var mixture = Fit(TwoClusters()[..(2 * 100)], components: 50)!;
        (mixture.Weights.Min() * 100).Should().BeGreaterThan(15, "20 of 100 at the last step that left components out");
    }

    [Fact]
    public void Components_that_cannot_be_are_refused()
    {
        LatentMixture.Create(1, [0.5, 0.4], [0, 0], [1, 1]).Should().BeNull("the shares are not 1 in all");
        LatentMixture.Create(1, [1], [double.NaN], [1]).Should().BeNull("a mean is NaN");
        LatentMixture.Create(1, [1], [0], [0]).Should().BeNull("a deviation is 0");
        LatentMixture.Create(1, [1], [0, 0], [1]).Should().BeNull("there are two means");
    }

    private static LatentMixture? Fit(float[] latents, int components) =>
        MixtureFit.Of(latents, 2, components, new PhiloxRandom(1, 1), CancellationToken.None);

    private static float[] TwoClusters()
    {
        var random = new PhiloxRandom(2, 1);
        var latents = new float[2 * Rows];
        for (int row = 0; row < Rows; row++)
        {
            var (a, b) = (RandomVariable.Normal(random), RandomVariable.Normal(random));
            (latents[2 * row], latents[2 * row + 1]) = row % 4 == 0
                ? ((float)(-3 + 0.5 * a), (float)(0.5 * b))
                : ((float)(3 + a), (float)(a + 0.3 * b));
        }

        return latents;
    }

    private static (double Mean, double Deviation) Moments(float[] latents, int d)
    {
        double[] values = [.. Enumerable.Range(0, latents.Length / 2).Select(row => (double)latents[2 * row + d])];
        double mean = values.Average();
        return (mean, Math.Sqrt(values.Average(value => (value - mean) * (value - mean))));
    }
}
