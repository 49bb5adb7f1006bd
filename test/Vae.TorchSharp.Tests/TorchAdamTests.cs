using FluentAssertions;
using Vae.Data;
using Vae.Networks;
using Vae.Options;
using Vae.TorchSharp.Networks;
using Vae.Training.Engines;
using Xunit;
using static TorchSharp.torch;

namespace Vae.TorchSharp.Tests;

public sealed class TorchAdamTests
{
    [TorchTheory]
    [InlineData(1f)]
    [InlineData(1e19f)]
    [InlineData(1e30f)]
    [InlineData(1e37f)]
    public void Gradients_of_any_size_are_clipped_to_the_norm(float size)
    {
        const double norm = 0.01;
        var options = new VaeOptions { HiddenLayers = [8], GradientClipNorm = norm };
        var shape = new NetworkShape(FeatureLayout.Numeric(3), options);
        using var scope = NewDisposeScope();
        using var module = new VaeModule(new VaeParameters(shape), CPU);
        using var optimizer = new TorchAdam(options, shape.Weights, module, CPU);
        using var gradient = full_like(module.Gradients.Values, size);
        module.Gradients.Values.copy_(gradient);

        optimizer.Update(0.001);

        var state = new EngineState(shape);
        optimizer.Save(state);
        Math.Sqrt(state.FirstMoments.Values.Sum(value => (double)value * value)).Should().BeApproximately(0.1 * norm, 1e-4 * norm);
    }
}
