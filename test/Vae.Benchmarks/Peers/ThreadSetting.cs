namespace Vae.Benchmarks.Peers;

/// <summary>The threads of libtorch: its own, and those of the matrix products in OpenBLAS.</summary>
/// <param name="Torch">The argument of torch.set_num_threads.</param>
/// <param name="Blas">OPENBLAS_NUM_THREADS.</param>
internal sealed record ThreadSetting(int Torch, int Blas)
{
    /// <summary>One and two of each: a peer has the best of them.</summary>
    public static IReadOnlyList<ThreadSetting> All { get; } = [new(1, 1), new(1, 2), new(2, 1), new(2, 2)];

    public override string ToString() => $"{Torch} torch, {Blas} BLAS";
}
