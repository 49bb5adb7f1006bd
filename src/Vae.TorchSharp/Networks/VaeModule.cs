using TorchSharp.Modules;
using Vae.Networks;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Vae.TorchSharp.Networks;

/// <summary>
/// Encoder and decoder of a <see cref="NetworkShape"/>. The parameters are views of one flat tensor, and so are their gradients.
/// </summary>
internal sealed class VaeModule : Module
{
    private readonly Dictionary<string, Parameter> _byName = [];
    private readonly FlatTensors _weights;
    private readonly FlatTensors _gradients;
    private readonly FlatTensors _buffers;
    private readonly DenseBlock[] _encoder;
    private readonly DenseBlock[] _decoder;

    /// <param name="source">The architecture, and the weights and buffers to begin with.</param>
    /// <param name="device">Where they will be.</param>
    public VaeModule(VaeParameters source, Device device)
        : base(nameof(VaeModule))
    {
        using var scope = NewDisposeScope();
        var shape = source.Shape;
        _weights = FlatTensors.CopyOf(source.Weights, device);
        _gradients = FlatTensors.Zeros(shape.Weights, device);
        _buffers = FlatTensors.CopyOf(source.Buffers, device);
        foreach (var tensor in shape.Weights.Tensors)
        {
            var parameter = new Parameter(_weights.View(tensor.Name).detach());
            parameter.DetachFromDisposeScope();
            parameter.grad = _gradients.View(tensor.Name);
            _byName.Add(tensor.Name, parameter);
            register_parameter(tensor.Name, parameter);
        }

        int dropoutColumn = 0;
        _encoder = [.. shape.Encoder.Select(Block)];
        _decoder = [.. shape.Decoder.Select(Block)];
        DropoutColumns = dropoutColumn;

        DenseBlock Block(DenseShape dense)
        {
            int first = dropoutColumn;
            if (dense.Dropout > 0) dropoutColumn += dense.Outputs;
            return new DenseBlock(dense, GetParameter, _buffers, first);
        }
    }

    /// <summary>All trained tensors.</summary>
    public FlatTensors Weights => _weights;

    /// <summary>Their gradients.</summary>
    public FlatTensors Gradients => _gradients;

    /// <summary>What training measures.</summary>
    public FlatTensors Buffers => _buffers;

    /// <summary>The number of uniform numbers that a row needs for dropout.</summary>
    public int DropoutColumns { get; }

    /// <summary>A trained tensor.</summary>
    public Parameter GetParameter(string name) => _byName[name];

    /// <summary>(μ, unclamped log σ²) [rows × 2k].</summary>
    /// <param name="rows">What the encoder sees [rows × row width].</param>
    /// <param name="dropout">Uniform numbers in training; null otherwise.</param>
    public Tensor Encode(Tensor rows, Tensor? dropout) => Run(_encoder, rows, dropout);

    /// <summary>One parameter per modelled slot [rows × D].</summary>
    /// <param name="latent">z and the conditions behind it.</param>
    /// <param name="dropout">Uniform numbers in training; null otherwise.</param>
    public Tensor Decode(Tensor latent, Tensor? dropout) => Run(_decoder, latent, dropout);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var block in _encoder.Concat(_decoder))
                block.Dispose();
            _weights.Dispose();
            _gradients.Dispose();
            _buffers.Dispose();
        }

        base.Dispose(disposing);
    }

    private Tensor Run(DenseBlock[] blocks, Tensor x, Tensor? dropout)
    {
        foreach (var block in blocks)
            x = block.Forward(x, dropout, training);
        return x;
    }
}
