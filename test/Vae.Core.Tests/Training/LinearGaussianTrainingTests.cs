using FluentAssertions;
using Vae.Data;
using Vae.Networks;
using Vae.Options;
using Vae.Tests.Inference;
using Vae.Training.Managed;
using Xunit;

namespace Vae.Tests.Training;

/// <summary>
/// Rows from probabilistic principal components (Tipping and Bishop, 1999): a linear VAE with a learned noise scale is the same family of
/// distributions, and must come as near to the true one as an estimate from finitely many rows can.
/// </summary>
public class LinearGaussianTrainingTests
{
    private const int Slots = 6;
    private const int Rows = 4000;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_linear_VAE_finds_the_distribution(bool perSlot)
    {
        double[] mean = [5, -2, 0, 100, 1, 3];
        double[,] loadings = { { 1, 0.3 }, { -0.8, 0.6 }, { 0.5, -0.9 }, { 2, 1.2 }, { 0.2, 0.7 }, { -1, 0.4 } };
        double[] scales = perSlot ? [0.4, 0.7, 0.5, 1.1, 0.6, 0.8] : Scales(loadings);
        var truth = new LinearGaussian(mean, loadings, scales);
        float[] training = Draw(mean, loadings, scales, Rows, seed: 1);
        float[] test = Draw(mean, loadings, scales, 2000, seed: 2);

        var options = new VaeOptions
        {
            LatentDimension = 2,
            HiddenLayers = [],
            InputNoise = 0,
            InputMasking = 0,
            NoiseScale = NoiseScaleOptions.Learned(perSlot),
            Epochs = 120,
            BatchSize = 100,
            LearningRate = 0.01,
            WeightDecay = 0,
        };
        var model = new ManagedTrainer().Train(new MatrixRows(FeatureLayout.Numeric(Slots), training), options);

        double exact = Average(truth, test);
        Average(Decoder(model), test).Should().BeInRange(exact - 0.05, exact + 0.01);
        var sampled = new double[200];
        model.LogLikelihood(test.AsSpan(0, 200 * Slots), sampled, 500, new Random(3));
        sampled.Average().Should().BeApproximately(Average(truth, test[..(200 * Slots)]), 0.05);
        sampled.Average().Should().BeApproximately(Average(Decoder(model), test[..(200 * Slots)]), 0.01);
    }

    /// <summary>
    /// Scales with which every slot has the same part of noise in its variance, as one noise scale for standardized slots supposes.
    /// </summary>
    private static double[] Scales(double[,] loadings) =>
        [.. Enumerable.Range(0, Slots).Select(
            slot => 0.7 * Math.Sqrt(loadings[slot, 0] * loadings[slot, 0] + loadings[slot, 1] * loadings[slot, 1]))];

    private static double Average(LinearGaussian distribution, float[] rows) =>
        rows.Chunk(Slots).Average(row => distribution.LogDensity(Array.ConvertAll(row, value => (double)value)));

    /// <summary>What the trained decoder says, in original units.</summary>
    private static LinearGaussian Decoder(VaeModel model)
    {
        float[] weights = model.Parameters.Weights.Export("decoder.output.weight");
        float[] bias = model.Parameters.Weights.Export("decoder.output.bias");
        float[] logs = model.Parameters.Weights.Export(TensorNames.LogNoiseScale);
        double[] deviations = model.Standardization.Deviations;
        var loadings = new double[Slots, 2];
        for (int slot = 0; slot < Slots; slot++)
        {
            for (int d = 0; d < 2; d++)
                loadings[slot, d] = deviations[slot] * weights[(d * Slots) + slot];
        }

        return new LinearGaussian(
            [.. bias.Select((value, slot) => model.Standardization.Means[slot] + deviations[slot] * value)],
            loadings,
            [.. deviations.Select((deviation, slot) => deviation * Math.Exp(logs[logs.Length == 1 ? 0 : slot]))]);
    }

    private static float[] Draw(double[] mean, double[,] loadings, double[] scales, int rows, int seed)
    {
        var random = new Random(seed);
        var values = new float[rows * Slots];
        for (int row = 0; row < rows; row++)
        {
            double[] z = [TestTables.Normal(random), TestTables.Normal(random)];
            for (int slot = 0; slot < Slots; slot++)
            {
                double expected = mean[slot] + loadings[slot, 0] * z[0] + loadings[slot, 1] * z[1];
                values[(row * Slots) + slot] = (float)(expected + scales[slot] * TestTables.Normal(random));
            }
        }

        return values;
    }
}
