using FluentAssertions;
using Vae.Data;
using Vae.Options;
using Vae.Tests.Reference;
using Vae.Training.Managed;
using Vae.Training.Rows;
using Xunit;

namespace Vae.Tests.Training;

/// <summary>A row of weight n counts as n rows.</summary>
public class RowWeightTests
{
    private static readonly int[] Copies = [1, 3, 0, 2, 2, 1, 4, 0, 1];

    private static readonly VaeOptions Plain = new() { LatentDimension = 2, HiddenLayers = [4], InputNoise = 0, InputMasking = 0 };

    public static TheoryData<VaeOptions> Cases
    {
        get
        {
            var options = new VaeOptions { LatentDimension = 3, HiddenLayers = [6, 4], InputNoise = 0, InputMasking = 0 };
            return
            [
                options,
                options with { NoiseScale = NoiseScaleOptions.Learned(perSlot: true), OneHotLikelihood = OneHotLikelihoodKind.Categorical },
                options with { NoiseScale = NoiseScaleOptions.Computed() },
                options with { Robustness = 0.1 },
                options with { Regularizer = new KullbackLeiblerOptions { FreeBits = 0.3 } },
                options with { Regularizer = new KullbackLeiblerOptions { Capacity = 2 } },
            ];
        }
    }

    [Theory]
    [MemberData(nameof(Cases), DisableDiscoveryEnumeration = true)]
    public void A_step_on_weighted_rows_is_a_step_on_repeated_rows(VaeOptions options)
    {
        var problem = RandomProblem.Create(TestLayouts.Mixed, options, Copies.Length, missing: 0.2);
        if (options.NoiseScale is ComputedNoiseScale) problem.Buffers["noise.mean_squared_error"][0] = 50;
        int[] repeated = [.. Copies.SelectMany((copies, row) => Enumerable.Repeat(row, copies))];
        double[] weights = Array.ConvertAll(Copies, copies => copies * (double)Copies.Length / repeated.Length);
        using var weighted = new EngineStep(problem with { RowWeights = weights });
        using var plain = new EngineStep(problem with
        {
            Rows = Array.ConvertAll(repeated, row => problem.Rows[row]),
            Noise = Array.ConvertAll(repeated, row => problem.Noise[row]),
            RowWeights = Array.ConvertAll(repeated, _ => 1.0),
        });
        GradientCheck.CompareLosses(weighted.ForwardBackward(), plain.ForwardBackward());
        var expected = plain.TrainingStep.Gradients.Layout.Tensors.ToDictionary(
            tensor => tensor.Name, tensor => Array.ConvertAll(plain.TrainingStep.Gradients.Export(tensor.Name), value => (double)value));
        GradientCheck.Compare(expected, weighted.TrainingStep.Gradients.Export);
        foreach (var buffer in plain.Parameters.Buffers.Layout.Tensors)
        {
            float expectedValue = plain.Parameters.Buffers.Export(buffer.Name)[0];
            weighted.Parameters.Buffers.Export(buffer.Name)[0].Should().BeApproximately(expectedValue, 1e-6f);
        }
    }

    [Fact]
    public void A_minibatch_without_weight_has_no_loss_and_no_gradient()
    {
        foreach (var (name, regularizer) in RegularizerCases.All)
        {
            var options = Plain with { Regularizer = regularizer, NoiseScale = NoiseScaleOptions.Computed() };
            var problem = RandomProblem.Create(TestLayouts.Mixed, options, 4);
            problem.Buffers["noise.mean_squared_error"][0] = 50;
            using var step = new EngineStep(problem with { RowWeights = new double[4] });
            step.ForwardBackward().Loss.Should().Be(0, name);
            step.TrainingStep.Gradients.Values.Should().OnlyContain(value => value == 0);
            step.Parameters.Buffers.Export("noise.mean_squared_error")[0].Should().Be(50);
        }
    }

    [Fact]
    public void The_validation_loss_is_the_weighted_mean_over_the_held_out_rows_whatever_the_training_rows_weigh()
    {
        var options = Plain with { Epochs = 2, ValidationFraction = 0.2 };
        var equal = Train(options, (_, _) => 1);
        Train(options, (_, heldOut) => heldOut ? 0.25f : 1).Should().Be(equal, "only the held-out rows weigh less");
        Train(options, (_, heldOut) => heldOut ? 1 : 16).Should().Be(equal, "only the training rows weigh more");
        double half = Train(options, (row, heldOut) => heldOut && row < 100 ? 0 : 1);
        double otherHalf = Train(options, (row, heldOut) => heldOut && row >= 100 ? 0 : 1);
        float first = Weights(options, (row, heldOut) => heldOut && row < 100 ? 1 : 0).Sum();
        ((otherHalf * first + half * (40 - first)) / 40).Should().BeApproximately(equal, 1e-5 * Math.Abs(equal));
        half.Should().NotBeApproximately(otherHalf, 1e-3);
    }

    [Fact]
    public void Where_all_held_out_rows_weigh_0_none_are_held_out()
    {
        var options = Plain with { Epochs = 3, ValidationFraction = 0.2 };
        float[] weights = Weights(options, (_, heldOut) => heldOut ? 0 : 1);
        var history = new ManagedTrainer().Train(new MatrixRows(TestLayouts.Mixed, TestTables.MixedValues(200), weights), options).History;
        history.ValidationRows.Should().Be(0);
        history.TrainingRows.Should().Be(200);
        history.BestEpoch.Should().Be(3, "nothing tells epochs apart, and the last one is kept");
        history.Epochs.Should().OnlyContain(epoch => double.IsNaN(epoch.ValidationLoss));
    }

    private static double Train(VaeOptions options, Func<int, bool, float> weigh)
    {
        var rows = new MatrixRows(TestLayouts.Mixed, TestTables.MixedValues(200), Weights(options, weigh));
        return new ManagedTrainer().Train(rows, options).History.Epochs[^1].ValidationLoss;
    }

    private static float[] Weights(VaeOptions options, Func<int, bool, float> weigh)
    {
        using var table = RowTable.Read(TestTables.Mixed(200), new TableResources());
        var split = new DataSplit(table, options.ValidationFraction, (ulong)options.Seed);
        return [.. Enumerable.Range(0, 200).Select(row => weigh(row, split.IsHeldOut(row)))];
    }

    [Fact]
    public void Standardization_takes_weights_and_missing_values_into_account()
    {
        float[] values = [1, float.NaN, 2, 5, float.NaN, 7, 10, 9];
        var rows = new MatrixRows(FeatureLayout.Numeric(2), values, new float[] { 1, 2, 3, 2 });
        using var table = TrainingTable.Read(rows, new VaeOptions { ValidationFraction = 0 }, new TableResources());
        double mean0 = (1 * 1 + 2 * 2 + 2 * 10) / 5.0;
        double mean1 = (2 * 5 + 3 * 7 + 2 * 9) / 7.0;
        table.Standardization.Means.Should().Equal([mean0, mean1], (a, b) => Math.Abs(a - b) < 1e-12);
        double variance0 = (1 * Math.Pow(1 - mean0, 2) + 2 * Math.Pow(2 - mean0, 2) + 2 * Math.Pow(10 - mean0, 2)) / 5;
        double variance1 = (2 * Math.Pow(5 - mean1, 2) + 3 * Math.Pow(7 - mean1, 2) + 2 * Math.Pow(9 - mean1, 2)) / 7;
        table.Standardization.Deviations.Should().Equal([Math.Sqrt(variance0), Math.Sqrt(variance1)], (a, b) => Math.Abs(a - b) < 1e-12);
    }
}
