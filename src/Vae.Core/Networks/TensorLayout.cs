using System.Globalization;
using Vae.Numerics;
using Vae.Options;

namespace Vae.Networks;

/// <summary>Where each tensor lies in one array, so that the optimizer, a snapshot or a checkpoint is one loop or one copy.</summary>
internal sealed class TensorLayout
{
    private readonly List<TensorShape> _tensors = [];
    private readonly Dictionary<string, TensorShape> _byName = [];

    public IReadOnlyList<TensorShape> Tensors => _tensors;

    /// <summary>The number of floats of all tensors with padding.</summary>
    public int PaddedLength { get; private set; }

    public TensorShape this[string name] => _byName[name];

    public bool Contains(string name) => _byName.ContainsKey(name);

    /// <exception cref="ArgumentException">All tensors together are larger than an array can be.</exception>
    public void Add(string name, int rows, int columns, bool decays = false)
    {
        if (PaddedLength + (long)rows * Padding.Stride(columns) > Array.MaxLength)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"The network would have more than {Array.MaxLength} weights: "
                + $"take fewer or narrower {nameof(VaeOptions.HiddenLayers)}, or fewer slots."));
        }

        var tensor = new TensorShape(name, rows, columns, PaddedLength, decays);
        _tensors.Add(tensor);
        _byName.Add(name, tensor);
        PaddedLength += tensor.PaddedLength;
    }
}

/// <summary>One tensor of a <see cref="TensorLayout"/>: a matrix with padded rows that starts at <paramref name="Offset"/>.</summary>
internal sealed record TensorShape(string Name, int Rows, int Columns, int Offset, bool Decays)
{
    /// <summary>The distance between the starts of two rows.</summary>
    public int Stride => Padding.Stride(Columns);

    /// <summary>The number of floats with padding.</summary>
    public int PaddedLength => Rows * Stride;
}
