using FluentAssertions;
using Vae.Options;
using Vae.Tests.Reference;
using Xunit;

namespace Vae.Tests.Inference;

/// <summary>
/// A model's outputs against the reference, which normalizes by running statistics where the model has folded them into its weights.
/// </summary>
public class ReferenceScoringTests
{
    private static readonly VaeOptions Deep = new() { LatentDimension = 3, HiddenLayers = [9, 6], Activation = Activation.GELU };

    public static TheoryData<string, bool, OneHotLikelihoodKind> Cases => new()
    {
        { nameof(TestLayouts.Mixed), false, OneHotLikelihoodKind.Bernoulli },
        { nameof(TestLayouts.Mixed), true, OneHotLikelihoodKind.Bernoulli },
        { nameof(TestLayouts.Mixed), true, OneHotLikelihoodKind.Categorical },
        { nameof(TestLayouts.Conditional), true, OneHotLikelihoodKind.Categorical },
        { nameof(TestLayouts.Categories), true, OneHotLikelihoodKind.Bernoulli },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Encode_gives_the_posterior(string layout, bool normalization, OneHotLikelihoodKind oneHot)
    {
        var test = Create(layout, normalization, oneHot);
        var means = new float[test.Count * 3];
        var logVariances = new float[test.Count * 3];
        test.Model.Encode(test.Rows, means, logVariances);
        var heads = new ReferenceNetwork(test.Problem).Encode(Filled(test.Problem));
        for (int row = 0; row < test.Count; row++)
        {
            for (int d = 0; d < 3; d++)
            {
                means[row * 3 + d].Should().BeApproximately((float)heads[row][d], 1e-6f * (1 + (float)Math.Abs(heads[row][d])));
                double logVariance = heads[row][3 + d];
                logVariances[row * 3 + d].Should().BeApproximately((float)logVariance, 1e-6f * (1 + (float)Math.Abs(logVariance)));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Scores_are_reconstruction_and_KL_at_the_posterior_mean(string layout, bool normalization, OneHotLikelihoodKind oneHot)
    {
        var test = Create(layout, normalization, oneHot);
        var scores = new float[test.Count];
        var cells = new float[test.Count * test.Model.Layout.SlotCount];
        test.Model.Score(test.Rows, scores);
        test.Model.CellScores(test.Rows, cells);
        for (int row = 0; row < test.Count; row++)
        {
            var expected = ReferenceLoss.Of(test.Alone(row));
            float tolerance = 1e-5f * (float)(10 + Math.Abs(expected.Reconstruction));
            scores[row].Should().BeApproximately((float)(expected.Reconstruction + expected.KullbackLeibler), tolerance);
            var own = cells[(row * test.Model.Layout.SlotCount)..((row + 1) * test.Model.Layout.SlotCount)];
            own.Sum().Should().BeApproximately((float)expected.Reconstruction, tolerance);
            for (int slot = 0; slot < own.Length; slot++)
            {
                if (double.IsNaN(test.Problem.Rows[row][slot])) own[slot].Should().Be(0);
            }
        }
    }

    [Fact]
    public void A_robust_model_scores_by_the_plain_likelihood()
    {
        var options = Deep with { Robustness = 0.5 };
        var problem = RandomProblem.Create(TestLayouts.Mixed, options, 5);
        var robust = new TestModel(problem);
        var plain = new TestModel(problem with { Options = Deep });
        float[] scores = new float[5], expected = new float[5];
        robust.Model.Score(robust.Rows, scores);
        plain.Model.Score(plain.Rows, expected);
        scores.Should().Equal(expected);
    }

    [Fact]
    public void Log_variances_are_clamped()
    {
        var problem = RandomProblem.Create(TestLayouts.Numeric, Deep, 4);
        problem.Tensors["encoder.head.bias"][3] = 40;
        problem.Tensors["encoder.head.bias"][4] = -60;
        var test = new TestModel(problem);
        var means = new float[12];
        var logVariances = new float[12];
        test.Model.Encode(test.Rows, means, logVariances);
        logVariances.Where((_, i) => i % 3 == 0).Should().OnlyContain(value => value == 10);
        logVariances.Where((_, i) => i % 3 == 1).Should().OnlyContain(value => value == -20);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Reconstructions_are_in_original_units(string layout, bool normalization, OneHotLikelihoodKind oneHot)
    {
        var test = Create(layout, normalization, oneHot);
        int slots = test.Model.Layout.SlotCount;
        var reconstructions = new float[test.Count * slots];
        test.Model.Reconstruct(test.Rows, reconstructions);
        var network = new ReferenceNetwork(test.Problem);
        var filled = Filled(test.Problem);
        var outputs = network.Decode([.. network.Encode(filled).Zip(filled, (head, row) => (double[])[.. head[..3], .. row[slots..]])]);
        for (int row = 0; row < test.Count; row++)
        {
            foreach (var group in test.Model.Layout.Groups)
            {
                double sum = outputs[row][group.Start..group.End].Sum(Math.Exp);
                for (int slot = group.Start; slot < group.End; slot++)
                {
                    double output = outputs[row][slot];
                    double expected = group.Kind == Vae.Data.FeatureKind.Numeric ? test.Means[slot] + test.Deviations[slot] * output
                        : group.Kind == Vae.Data.FeatureKind.OneHot && oneHot == OneHotLikelihoodKind.Categorical ? Math.Exp(output) / sum
                        : 1 / (1 + Math.Exp(-output));
                    reconstructions[row * slots + slot].Should().BeApproximately((float)expected, 2e-6f * (float)(5 + Math.Abs(expected)));
                }
            }
        }
    }

    private static TestModel Create(string layout, bool normalization, OneHotLikelihoodKind oneHot)
    {
        var noise = NoiseScaleOptions.Learned(perSlot: true);
        var options = Deep with { BatchNormalization = normalization, OneHotLikelihood = oneHot, NoiseScale = noise };
        return new TestModel(RandomProblem.Create(TestLayouts.Of(layout), options, 70, missing: 0.15));
    }

    private static double[][] Filled(ReferenceProblem problem) =>
        Array.ConvertAll(problem.Rows, row => Array.ConvertAll(row, value => double.IsNaN(value) ? 0 : value));
}
