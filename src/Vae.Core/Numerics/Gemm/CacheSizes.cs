using System.Runtime.Intrinsics.X86;

namespace Vae.Numerics.Gemm;

/// <summary>The bytes of a core's first and second data cache, as the processor tells them.</summary>
/// <param name="First">The first-level data cache.</param>
/// <param name="Second">The second-level cache.</param>
internal readonly record struct CacheSizes(int First, int Second)
{
    private const int IntelLeaf = 4;
    private const int AmdLeaf = unchecked((int)0x8000001D);
    private const int HighestExtendedLeaf = unchecked((int)0x80000000);

    /// <summary>What every processor of the last ten years has at least, and what is taken where none is told.</summary>
    public static readonly CacheSizes Smallest = new(32 << 10, 256 << 10);

    /// <summary>Those of this processor.</summary>
    public static readonly CacheSizes Own = X86Base.IsSupported ? Read() : Smallest;

    private static CacheSizes Read()
    {
        var sizes = Smallest;
        if (X86Base.CpuId(0, 0).Eax >= IntelLeaf) sizes = sizes.ReadLeaf(IntelLeaf);
        if ((uint)X86Base.CpuId(HighestExtendedLeaf, 0).Eax >= unchecked((uint)AmdLeaf)) sizes = sizes.ReadLeaf(AmdLeaf);
        return sizes;
    }

    /// <summary>Both makers list the caches alike, each in a leaf of its own; the list of the other's leaf is empty.</summary>
    private CacheSizes ReadLeaf(int leaf)
    {
        var sizes = this;
        for (int cache = 0; cache < 8; cache++)
        {
            var (eax, ebx, ecx, _) = X86Base.CpuId(leaf, cache);
            var (type, level) = (eax & 31, (eax >> 5) & 7);
            if (type == 0) break;
            if (type == 2) continue;
            long bytes = ((ebx >>> 22) + 1L) * (((ebx >> 12) & 1023) + 1) * ((ebx & 4095) + 1) * ((uint)ecx + 1L);
            if (level == 1) sizes = sizes with { First = (int)Math.Clamp(bytes, Smallest.First, 128 << 10) };
            if (level == 2) sizes = sizes with { Second = (int)Math.Clamp(bytes, Smallest.Second, 4 << 20) };
        }

        return sizes;
    }
}
