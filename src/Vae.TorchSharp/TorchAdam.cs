using Vae.Networks;
using Vae.Options;
using Vae.TorchSharp.Networks;
using Vae.TorchSharp.Numerics;
using Vae.Training.Engines;
using Vae.Training.Managed;
using static TorchSharp.torch;

namespace Vae.TorchSharp;

/// <summary>The same optimizer as <see cref="AdamOptimizer"/>, over all weights at once and without waiting for the device.</summary>
internal sealed class TorchAdam : IDisposable
{
    private const double FirstDecay = VaeOptions.FirstMomentDecay;
    private const double SecondDecay = VaeOptions.SecondMomentDecay;
    private const double Epsilon = VaeOptions.AdamEpsilon;

    private readonly Tensor _weights;
    private readonly Tensor _gradients;
    private readonly FlatTensors _firstMoments;
    private readonly FlatTensors _secondMoments;
    private readonly FlatTensors? _decays;
    private readonly double _weightDecay;
    private readonly double _clipNorm;
    private long _step;

    public TorchAdam(VaeOptions options, TensorLayout layout, VaeModule module, Device device)
    {
        using var scope = NewDisposeScope();
        _weights = module.Weights.Values;
        _gradients = module.Gradients.Values;
        _firstMoments = FlatTensors.Zeros(layout, device);
        _secondMoments = FlatTensors.Zeros(layout, device);
        _weightDecay = options.WeightDecay;
        _clipNorm = options.GradientClipNorm;
        if (_weightDecay == 0) return;
        _decays = FlatTensors.Zeros(layout, device);
        foreach (var tensor in layout.Tensors.Where(tensor => tensor.Decays))
            _decays.View(tensor.Name).copy_(ones(1, ScalarType.Float32, device));
    }

    /// <summary>One step along the gradients.</summary>
    public void Update(double learningRate)
    {
        using var frozen = no_grad();
        _step++;
        double correction1 = 1 - Math.Pow(FirstDecay, _step);
        double correction2 = 1 - Math.Pow(SecondDecay, _step);
        var gradients = double.IsFinite(_clipNorm) ? _gradients * ClippingFactor() : _gradients;
        _firstMoments.Values.Scale(FirstDecay).Add(gradients, 1 - FirstDecay);
        _secondMoments.Values.Scale(SecondDecay).AddProduct(gradients, gradients, 1 - SecondDecay);
        var denominators = _secondMoments.Values.sqrt().Scale(1 / Math.Sqrt(correction2)).Shift(Epsilon);
        if (_decays is not null) _weights.AddProduct(_weights, _decays.Values, -learningRate * _weightDecay);
        _weights.AddQuotient(_firstMoments.Values, denominators, -learningRate / correction1);
    }

    /// <summary>What clipping multiplies the gradients with; in double, because the squares of floats above 10¹⁹ overflow.</summary>
    private Tensor ClippingFactor() => _gradients.to(ScalarType.Float64).norm().reciprocal().Times(_clipNorm).AtMost(1);

    /// <summary>Copies the moments and the number of steps out.</summary>
    public void Save(EngineState target)
    {
        _firstMoments.Save(target.FirstMoments);
        _secondMoments.Save(target.SecondMoments);
        target.OptimizerSteps = _step;
    }

    /// <summary>Goes back to a saved state.</summary>
    public void Restore(EngineState source)
    {
        _firstMoments.Load(source.FirstMoments);
        _secondMoments.Load(source.SecondMoments);
        _step = source.OptimizerSteps;
    }

    public void Dispose()
    {
        _firstMoments.Dispose();
        _secondMoments.Dispose();
        _decays?.Dispose();
    }
}
