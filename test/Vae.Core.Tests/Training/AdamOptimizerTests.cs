using FluentAssertions;
using Vae.Data;
using Vae.Networks;
using Vae.Numerics.Threads;
using Vae.Options;
using Vae.Training.Engines;
using Vae.Training.Managed;
using Xunit;

namespace Vae.Tests.Training;

public sealed class AdamOptimizerTests
{
    [Theory]
    [InlineData(1f)]
    [InlineData(1e19f)]
    [InlineData(1e30f)]
    [InlineData(1e37f)]
    public void Gradients_of_any_size_are_clipped_to_the_norm(float size)
    {
        const double norm = 0.01;
        var options = new VaeOptions { HiddenLayers = [8], GradientClipNorm = norm };
        var shape = new NetworkShape(FeatureLayout.Numeric(3), options);
        var gradients = new TensorSet(shape.Weights);
        var random = new Random(1);
        foreach (var tensor in shape.Weights.Tensors)
        {
            var values = Enumerable.Range(0, tensor.Rows * tensor.Columns).Select(_ => size * (random.NextSingle() + 0.5f));
            gradients.Import(tensor.Name, [.. values]);
        }

        double length = Math.Sqrt(gradients.Values.Sum(value => (double)value * value));
        var optimizer = new AdamOptimizer(options, new VaeParameters(shape).Weights, gradients);
        using var team = new ParallelLoop(1);

        optimizer.Update(0.001, team, false);

        var state = new EngineState(shape);
        optimizer.Save(state);
        state.FirstMoments.Values.Should().Equal(
            gradients.Values, (moment, gradient) => Math.Abs(moment - 0.1 * norm / length * gradient) <= 1e-5 * norm);
        Math.Sqrt(state.FirstMoments.Values.Sum(value => (double)value * value)).Should().BeApproximately(0.1 * norm, 1e-4 * norm);
    }

    [Fact]
    public void Gradients_below_the_norm_are_taken_as_they_are()
    {
        var options = new VaeOptions { HiddenLayers = [], GradientClipNorm = 1 };
        var shape = new NetworkShape(FeatureLayout.Numeric(1), options);
        var gradients = new TensorSet(shape.Weights);
        gradients.Values.AsSpan()[0] = 0.5f;
        var optimizer = new AdamOptimizer(options, new VaeParameters(shape).Weights, gradients);
        using var team = new ParallelLoop(1);

        optimizer.Update(0.001, team, false);

        var state = new EngineState(shape);
        optimizer.Save(state);
        state.FirstMoments.Values[0].Should().BeApproximately(0.05f, 1e-7f);
    }
}
