using System.Collections;

namespace Vae.Options;

/// <summary>The widths of layers: a list that is equal to another with the same widths, and cannot be changed.</summary>
internal sealed class LayerWidths(IEnumerable<int> widths) : IReadOnlyList<int>, IEquatable<LayerWidths>
{
    private readonly int[] _widths = [.. widths];

    public int Count => _widths.Length;

    public int this[int index] => _widths[index];

    public IEnumerator<int> GetEnumerator() => ((IEnumerable<int>)_widths).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public bool Equals(LayerWidths? other) => other is not null && _widths.AsSpan().SequenceEqual(other._widths);

    public override bool Equals(object? obj) => Equals(obj as LayerWidths);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (int width in _widths)
            hash.Add(width);
        return hash.ToHashCode();
    }

    public override string ToString() => $"[{string.Join(", ", _widths)}]";
}
