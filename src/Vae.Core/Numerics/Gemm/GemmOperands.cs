namespace Vae.Numerics.Gemm;

/// <summary>
/// Where the operands of C = start + A·B are. The element (i, k) of A is at <c>A[i·RowStepA + k·DepthStepA]</c>, so that A and its transpose
/// are taken alike, and C's element (i, j) starts from <c>Start[i·RowStepStart + j·ColumnStepStart]</c>: from C itself, from a row of
/// biases (row step 0) or from zeros (both steps 0).
/// </summary>
internal unsafe struct GemmOperands(
    float* a, nint rowStepA, nint depthStepA, float* b, nint strideB, float* start, nint rowStepStart, nint columnStepStart, float* c, nint strideC)
{
    public float* A = a;
    public readonly nint RowStepA = rowStepA;
    public readonly nint DepthStepA = depthStepA;
    public float* B = b;
    public nint StrideB = strideB;
    public float* Start = start;
    public nint RowStepStart = rowStepStart;
    public nint ColumnStepStart = columnStepStart;
    public float* C = c;
    public readonly nint StrideC = strideC;
}
