using static TorchSharp.torch;

namespace Vae.TorchSharp.Losses;

/// <summary>Some columns of matrices that are all equally wide.</summary>
internal sealed class ColumnSelection : IDisposable
{
    private readonly int _first;
    private readonly bool _isAll;
    private readonly Tensor? _indices;

    /// <param name="columns">The columns, at least one.</param>
    /// <param name="width">The number of columns there are.</param>
    /// <param name="device">Where the matrices are.</param>
    public ColumnSelection(IReadOnlyList<int> columns, int width, Device device)
    {
        _first = columns[0];
        Count = columns.Count;
        bool isRun = columns.SequenceEqual(Enumerable.Range(_first, Count));
        _isAll = isRun && Count == width;
        if (!isRun) _indices = tensor(columns.Select(column => (long)column).ToArray(), ScalarType.Int64, device).DetachFromDisposeScope();
    }

    /// <summary>The number of selected columns.</summary>
    public int Count { get; }

    /// <summary>The selected columns [rows × <see cref="Count"/>].</summary>
    public Tensor Of(Tensor matrix) =>
        _isAll ? matrix
        : _indices is null ? matrix.narrow(1, _first, Count)
        : matrix.index_select(1, _indices);

    public void Dispose() => _indices?.Dispose();
}
