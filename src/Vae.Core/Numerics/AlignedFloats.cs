using System.Runtime.CompilerServices;

namespace Vae.Numerics;

/// <summary>
/// Floats whose first starts a cache line, so that no vector of a matrix lies in two lines, which would take twice the time to load or
/// store. The garbage collector does not move them.
/// </summary>
internal static unsafe class AlignedFloats
{
    /// <summary>The bytes of a cache line, which are also those of the widest vector.</summary>
    public const int Alignment = 64;

    /// <summary>The floats that must be left out, at most, to come to the start of a cache line.</summary>
    public const int Reserve = Alignment / sizeof(float);

    /// <summary>Zeros.</summary>
    public static ArraySegment<float> Allocate(int length)
    {
        float[] array = GC.AllocateArray<float>(checked(length + Reserve), pinned: true);
        float* start = (float*)Unsafe.AsPointer(ref array[0]);
        return new ArraySegment<float>(array, (int)(RoundUp(start) - start), length);
    }

    /// <summary>The first address that starts a cache line, from another one on.</summary>
    public static float* RoundUp(float* address) => (float*)((nint)((byte*)address + Alignment - 1) & -Alignment);
}
