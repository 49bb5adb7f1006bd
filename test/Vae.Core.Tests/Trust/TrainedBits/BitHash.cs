using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Vae.Tests.Trust.TrainedBits;

/// <summary>The first 16 hexadecimal digits of the SHA-256 of the bits of numbers.</summary>
internal sealed class BitHash : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public BitHash Add<T>(params ReadOnlySpan<T> values)
        where T : unmanaged
    {
        _hash.AppendData(MemoryMarshal.AsBytes(values));
        return this;
    }

    public override string ToString() => Convert.ToHexString(_hash.GetCurrentHash())[..16].ToLowerInvariant();

    public void Dispose() => _hash.Dispose();
}
