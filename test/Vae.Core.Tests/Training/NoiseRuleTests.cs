using FluentAssertions;
using Vae.Numerics.Threads;
using Vae.Options;
using Vae.Tests.Reference;
using Vae.Training.Managed;
using Xunit;

namespace Vae.Tests.Training;

public class NoiseRuleTests
{
    [Theory]
    [InlineData(0.02)]
    [InlineData(1)]
    public void The_computed_noise_scale_follows_the_squared_error_downwards(double start)
    {
        var options = new VaeOptions
        {
            LatentDimension = 2,
            HiddenLayers = [5],
            InputNoise = 0,
            InputMasking = 0,
            NoiseScale = NoiseScaleOptions.Computed(),
        };
        var problem = RandomProblem.Create(TestLayouts.Mixed, options, 40, missing: 0.2);
        problem.Buffers["noise.mean_squared_error"][0] = (float)start;
        foreach (double[] row in problem.Rows)
        {
            for (int slot = 0; slot < 3; slot++)
                row[slot] = (float)(0.1 * row[slot]);
        }

        double error = SquaredError(problem);
        double expected = Math.Min(start, 0.99 * start + 0.01 * error);
        (start < 0.5).Should().Be(expected == start, "one case rises above m and one falls below");

        using var step = new EngineStep(problem);
        step.ForwardBackward();
        double m = step.Parameters.Buffers.Export("noise.mean_squared_error")[0];
        m.Should().BeApproximately(expected, 1e-6);
        step.TrainingStep.NoiseScale.Should().BeApproximately(Math.Sqrt(expected), 1e-6);
        step.ForwardBackward();
        m = Math.Min(m, 0.99 * m + 0.01 * error);
        step.Parameters.Buffers.Export("noise.mean_squared_error")[0].Should().BeApproximately((float)m, 1e-6f);
    }

    [Fact]
    public void Validation_leaves_the_computed_noise_scale_alone()
    {
        var options = new VaeOptions
        {
            LatentDimension = 2,
            HiddenLayers = [5],
            InputNoise = 0,
            InputMasking = 0,
            NoiseScale = NoiseScaleOptions.Computed(),
        };
        using var step = new EngineStep(RandomProblem.Create(TestLayouts.Mixed, options, 10));
        float before = step.Parameters.Buffers.Export("noise.mean_squared_error")[0];
        step.Evaluate();
        step.Parameters.Buffers.Export("noise.mean_squared_error")[0].Should().Be(before);
    }

    [Fact]
    public void A_learned_noise_scale_stays_above_its_minimum()
    {
        var options = new VaeOptions
        {
            LatentDimension = 2,
            HiddenLayers = [5],
            InputNoise = 0,
            InputMasking = 0,
            NoiseScale = NoiseScaleOptions.Learned(perSlot: true),
        };
        var problem = RandomProblem.Create(TestLayouts.Mixed, options, 10);
        problem.Tensors["noise.log_scale"] = [-9, -6.9, 0.5, -6.91];
        using var step = new EngineStep(problem);
        step.TrainingStep.NoiseScaleUpdate.AfterUpdate();
        float minimum = (float)Math.Log(1e-3);
        step.Parameters.Weights.Export("noise.log_scale").Should().Equal(minimum, -6.9f, 0.5f, minimum);
    }

    [Fact]
    public void Weight_decay_shrinks_the_dense_weights_and_nothing_else()
    {
        var options = new VaeOptions
        {
            LatentDimension = 2,
            HiddenLayers = [5],
            InputNoise = 0,
            InputMasking = 0,
            BatchNormalization = true,
            WeightDecay = 0.5,
        };
        using var step = new EngineStep(RandomProblem.Create(TestLayouts.Mixed, options, 10));
        var before = step.Parameters.Clone();
        using var team = new ParallelLoop(1);
        new AdamOptimizer(options, step.Parameters.Weights, step.TrainingStep.Gradients).Update(0.1, team, false);
        foreach (var tensor in step.Parameters.Weights.Layout.Tensors)
        {
            float factor = tensor.Name.EndsWith(".weight", StringComparison.Ordinal) ? 1 - 0.1f * 0.5f : 1;
            float[] expected = Array.ConvertAll(before.Weights.Export(tensor.Name), value => value * factor);
            step.Parameters.Weights.Export(tensor.Name).Should().Equal(expected, (a, b) => Math.Abs(a - b) < 1e-6f);
            step.Parameters.Weights.Export(tensor.Name).Should().Contain(value => value != 0);
        }
    }

    private static double SquaredError(ReferenceProblem problem)
    {
        var network = new ReferenceNetwork(problem);
        var heads = network.Encode(Array.ConvertAll(problem.Rows, row => Array.ConvertAll(row, value => double.IsNaN(value) ? 0 : value)));
        var outputs = network.Decode([.. heads.Select((head, row) => (double[])
            [head[0] + Math.Exp(head[2] / 2) * problem.Noise[row][0], head[1] + Math.Exp(head[3] / 2) * problem.Noise[row][1]])]);
        int[] numeric = problem.Layout.NumericSlots;
        return problem.Rows
            .SelectMany((row, i) => numeric.Select(slot => Math.Pow(row[slot] - outputs[i][slot], 2)))
            .Where(square => !double.IsNaN(square)).Average();
    }
}
