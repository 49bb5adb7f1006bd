using TorchSharp.Modules;
using Vae.Networks;
using Vae.Numerics.Elementwise;
using Vae.Options;
using Vae.TorchSharp.Numerics;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Vae.TorchSharp.Networks;

/// <summary>y = dropout(activation(normalization(x·W + b))): a <see cref="DenseShape"/> in torch operations.</summary>
internal sealed class DenseBlock
{
    private readonly DenseShape _shape;
    private readonly int _firstDropoutColumn;
    private readonly Parameter _weight;
    private readonly Parameter _bias;
    private readonly Parameter? _scale;
    private readonly Parameter? _shift;
    private readonly Tensor? _runningMean;
    private readonly Tensor? _runningVariance;

    /// <param name="shape">The sizes and what follows the dense layer.</param>
    /// <param name="parameters">Finds the trained tensors.</param>
    /// <param name="buffers">Holds the running averages.</param>
    /// <param name="firstDropoutColumn">Which of the columns of uniform numbers decide what is dropped.</param>
    public DenseBlock(DenseShape shape, Func<string, Parameter> parameters, FlatTensors buffers, int firstDropoutColumn)
    {
        _shape = shape;
        _firstDropoutColumn = firstDropoutColumn;
        _weight = parameters(TensorNames.Weight(shape));
        _bias = parameters(TensorNames.Bias(shape));
        if (!shape.BatchNormalization) return;
        _scale = parameters(TensorNames.Scale(shape));
        _shift = parameters(TensorNames.Shift(shape));
        _runningMean = buffers.View(TensorNames.RunningMean(shape)).DetachFromDisposeScope();
        _runningVariance = buffers.View(TensorNames.RunningVariance(shape)).DetachFromDisposeScope();
    }

    /// <summary>Applies the layer.</summary>
    /// <param name="input">x [rows × inputs].</param>
    /// <param name="dropout">Uniform numbers [rows × all dropout columns] in training; null otherwise.</param>
    /// <param name="training">Whether batch normalization measures.</param>
    public Tensor Forward(Tensor input, Tensor? dropout, bool training)
    {
        var x = _bias.addmm(input, _weight);
        if (_shape.BatchNormalization) x = Normalize(x, training);
        x = Activate(x);
        return dropout is null || _shape.Dropout == 0 ? x : Drop(x, dropout);
    }

    /// <summary>Gives the views of the running averages back.</summary>
    public void Dispose()
    {
        _runningMean?.Dispose();
        _runningVariance?.Dispose();
    }

    private Tensor Normalize(Tensor x, bool training)
    {
        if (!training || x.shape[0] > 1)
        {
            return functional.batch_norm(
                x, _runningMean, _runningVariance, _scale, _shift, training,
                VaeOptions.NormalizationMomentum, VaeOptions.NormalizationEpsilon);
        }


        // libtorch refuses a single row. It is its own mean, so only the shift is left.
        using (no_grad())
        {
            _runningMean!.Add(x.squeeze(0) - _runningMean!, VaeOptions.NormalizationMomentum);
            _runningVariance!.Scale(1 - VaeOptions.NormalizationMomentum);
        }

        return _shift!.unsqueeze(0);
    }

    private Tensor Activate(Tensor x) => _shape.Activation switch
    {
        Activation.Identity => x,
        Activation.ReLU => x.relu(),
        Activation.LeakyReLU => x.LeakyReLU(LeakyRelu.Slope),
        Activation.ELU => x.ELU(),
        Activation.GELU => x.gelu(),
        Activation.Tanh => x.tanh(),
        Activation.Softplus => x.Softplus(),
        _ => throw new ArgumentOutOfRangeException(nameof(x), _shape.Activation, "Unknown activation."),
    };

    private Tensor Drop(Tensor x, Tensor uniform)
    {
        var kept = uniform.narrow(1, _firstDropoutColumn, _shape.Outputs).IsAtLeast(_shape.Dropout);
        return (x * kept).Times(1 / (1 - _shape.Dropout));
    }
}
