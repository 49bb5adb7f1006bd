namespace Vae.Numerics.Gemm;

/// <summary>
/// Where the operands of C = start + A·B are. The element (i, k) of A is at <c>A[i·RowStepA + k·DepthStepA]</c>, so that A and its
/// transpose are taken alike, and C's element (i, j) starts from <c>Start[i·RowStepStart + j·ColumnStepStart]</c>: from C itself, from
/// a row of biases (row step 0) or from zeros (both steps 0). From a tile of A to the next it is <c>TileStepA</c>.
/// </summary>
internal unsafe struct GemmOperands
{
    public float* A;
    public nint RowStepA;
    public nint DepthStepA;
    public nint TileStepA;
    public float* B;
    public nint StrideB;
    public float* Start;
    public nint RowStepStart;
    public nint ColumnStepStart;
    public float* C;
    public nint StrideC;
}
