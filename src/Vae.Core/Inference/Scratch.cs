using System.Buffers;

namespace Vae.Inference;

/// <summary>Memory of the shared pool for the length of a <c>using</c>; what is in it at first is anything.</summary>
internal readonly ref struct Scratch<T>(int length) : IDisposable
{
    private readonly T[] _array = ArrayPool<T>.Shared.Rent(length);

    /// <summary>At least as many values as were asked for.</summary>
    public Span<T> Values => _array;

    public void Dispose() => ArrayPool<T>.Shared.Return(_array);
}

/// <summary>Parts of scratch memory.</summary>
internal static class Scratch
{
    /// <summary>Takes the first values of what is left.</summary>
    public static Span<T> Take<T>(this ref Span<T> rest, int length)
    {
        var taken = rest[..length];
        rest = rest[length..];
        return taken;
    }
}
