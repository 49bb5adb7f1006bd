namespace Vae.Numerics.Gemm;

/// <summary>
/// How a large product is cut (Goto &amp; van de Geijn 2008): while depth runs over a block, a panel of B and the rows of A that meet it
/// stay in the first-level cache, and the block of A stays in the second.
/// </summary>
/// <param name="Depth">The depth of a block.</param>
/// <param name="Rows">The rows of A in a block, whole tiles.</param>
internal readonly record struct GemmBlocking(int Depth, int Rows)
{
    private const int DepthStep = 64;

    /// <summary>The blocking for vectors of a width and tiles of some rows.</summary>
    public static GemmBlocking Of(CacheSizes caches, int vectorLength, int tileRows)
    {
        int bytesPerDepth = (2 * vectorLength + tileRows) * sizeof(float);
        int depth = Math.Max(caches.First / bytesPerDepth / DepthStep, 1) * DepthStep;
        int rows = Math.Max(caches.Second / 2 / (depth * sizeof(float)) / tileRows, 1) * tileRows;
        return new GemmBlocking(depth, rows);
    }
}
