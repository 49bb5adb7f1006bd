using FluentAssertions;
using Vae.Data;
using Vae.Options;
using Vae.Tests.Reference;
using Vae.Training.Managed;
using Xunit;

namespace Vae.Tests.Losses;

public class RobustnessTests
{
    private const int Slots = 5;
    private static readonly double[] Direction = [0.6, -0.4, 0.5, 0.3, 0.374];

    [Theory]
    [InlineData(RobustnessForm.PerSlot)]
    [InlineData(RobustnessForm.PerRow)]
    public void Towards_zero_the_robust_loss_and_its_gradient_become_the_plain_ones(RobustnessForm form)
    {
        var options = new VaeOptions
        {
            LatentDimension = 3,
            HiddenLayers = [6],
            NoiseScale = NoiseScaleOptions.Learned(perSlot: true),
            OneHotLikelihood = OneHotLikelihoodKind.Categorical,
        };
        var problem = RandomProblem.Create(TestLayouts.Mixed, options, 10, missing: 0.2);
        using var plain = new EngineStep(problem);
        var expected = plain.ForwardBackward();
        foreach (double robustness in new[] { 1e-8, 1e-12, 1e-20, 1e-40, double.Epsilon })
        {
            using var robust = new EngineStep(problem with { Options = options with { Robustness = robustness, RobustnessForm = form } });
            robust.ForwardBackward().Loss.Should().BeApproximately(expected.Loss, 1e-6 * Math.Abs(expected.Loss), "b is {0}", robustness);
            for (int i = 0; i < plain.TrainingStep.Gradients.Values.Count; i++)
                robust.TrainingStep.Gradients.Values[i].Should().BeApproximately(plain.TrainingStep.Gradients.Values[i], 1e-5f);
        }
    }

    [Fact]
    public void A_wide_row_does_not_underflow()
    {
        var layout = FeatureLayout.Numeric(800);
        var options = new VaeOptions
        {
            LatentDimension = 2,
            HiddenLayers = [],
            NoiseScale = NoiseScaleOptions.Fixed(0.2),
            Robustness = 0.001,
            RobustnessForm = RobustnessForm.PerRow,
        };
        var problem = RandomProblem.Create(layout, options, 3);
        using var step = new EngineStep(problem);
        var losses = step.ForwardBackward();
        Math.Exp(-ReferenceLoss.Of(problem with { Options = options with { Robustness = 0 } }).Reconstruction)
            .Should().Be(0, "the density itself underflows");
        double.IsFinite(losses.Loss).Should().BeTrue();
        step.TrainingStep.Gradients.Values.Should().OnlyContain(value => float.IsFinite(value)).And.Contain(value => value != 0);
    }

    [Fact]
    public void An_outlying_value_has_no_influence_on_a_robust_loss_and_much_on_a_plain_one()
    {
        double plain = GradientNormWithOutlier(0);
        double robust = GradientNormWithOutlier(0.5);
        plain.Should().BeGreaterThan(20);
        robust.Should().BeLessThan(1);
    }

    /// <summary>
    /// One row in ten is grossly wrong, always in the same way: the plain objective follows it, the robust one finds mean and direction
    /// of the clean rows.
    /// </summary>
    [Fact]
    public void A_robust_objective_recovers_the_clean_mean_and_direction_from_contaminated_rows()
    {
        var (values, mean) = Contaminated(1500);
        var options = new VaeOptions
        {
            LatentDimension = 1,
            HiddenLayers = [],
            NoiseScale = NoiseScaleOptions.Fixed(0.3),
            Epochs = 100,
            LearningRate = 0.01,
            WeightDecay = 0,
            BatchSize = 100,
            RegularizerSchedule = WeightSchedule.Constant(),
        };
        var (plainShift, plainCosine) = Fit(values, mean, options);
        var (robustShift, robustCosine) = Fit(values, mean, options with { Robustness = 0.3, RobustnessForm = RobustnessForm.PerRow });
        robustShift.Should().BeLessThan(0.15);
        robustCosine.Should().BeGreaterThan(0.99);
        plainShift.Should().BeGreaterThan(0.5);
        plainCosine.Should().BeLessThan(0.9);
    }

    private static double GradientNormWithOutlier(double robustness)
    {
        var options = new VaeOptions
        {
            LatentDimension = 2,
            HiddenLayers = [],
            NoiseScale = NoiseScaleOptions.Fixed(1),
            Robustness = robustness,
            Regularizer = RegularizerOptions.KullbackLeibler(0),
        };
        var problem = RandomProblem.Create(TestLayouts.Numeric, options, 1);
        problem.Rows[0][2] = 40;
        Array.Clear(problem.Tensors["encoder.head.weight"]);
        using var step = new EngineStep(problem);
        step.ForwardBackward();
        return Math.Abs(step.TrainingStep.Gradients.Export("decoder.output.bias")[2]);
    }

    private static (double Shift, double Cosine) Fit(float[] values, double[] mean, VaeOptions options)
    {
        var model = new ManagedTrainer().Train(new MatrixRows(FeatureLayout.Numeric(Slots), values), options);
        var center = new float[Slots];
        var above = new float[Slots];
        model.Decode([0], center);
        model.Decode([1], above);
        double[] direction = [.. above.Zip(center, (a, c) => (double)a - c)];
        double cosine = Math.Abs(direction.Zip(Direction, (a, b) => a * b).Sum()) / Norm(direction) / Norm(Direction);
        return (Norm(center.Zip(mean, (c, m) => c - m)), cosine);
    }

    private static double Norm(IEnumerable<double> vector) => Math.Sqrt(vector.Sum(value => value * value));

    private static (float[] Values, double[] Mean) Contaminated(int rows)
    {
        var random = new Random(11);
        double[] mean = [1, 2, 0, -1, 3];
        var values = new float[rows * Slots];
        for (int row = 0; row < rows; row++)
        {
            double z = 2 * TestTables.Normal(random);
            double outlier = row % 10 == 0 ? 8 : 0;
            for (int slot = 0; slot < Slots; slot++)
            {
                double clean = mean[slot] + z * Direction[slot] + 0.3 * TestTables.Normal(random);
                values[(row * Slots) + slot] = (float)(clean + (slot is 1 or 3 or 4 ? outlier : 0));
            }
        }

        return (values, mean);
    }
}
