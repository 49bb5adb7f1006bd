using System.Runtime.CompilerServices;

namespace Vae.Numerics.Gemm;

/// <summary>
/// Shows the operands of every product of the process to a test or benchmark that looks for what slows products down. Where nobody looks,
/// which is everywhere else, it costs a comparison per product.
/// </summary>
internal static class ProductObserver
{
    private static Observation? _current;

    /// <summary>Takes an operand before it is multiplied, on the thread that multiplies it.</summary>
    public delegate void Observation(ReadOnlyMatrixView operand);

    /// <summary>Shows the operands of all products from now on; null ends it.</summary>
    public static void Set(Observation? observation) => Volatile.Write(ref _current, observation);

    /// <summary>A product of A and B begins.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Show(ReadOnlyMatrixView a, ReadOnlyMatrixView b)
    {
        if (_current is { } show) Show(show, a, b);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Show(Observation show, ReadOnlyMatrixView a, ReadOnlyMatrixView b)
    {
        show(a);
        show(b);
    }
}
