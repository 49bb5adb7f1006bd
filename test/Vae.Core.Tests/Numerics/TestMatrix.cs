using Vae.Numerics;

namespace Vae.Tests.Numerics;

/// <summary>A padded row-major matrix of random numbers.</summary>
internal sealed class TestMatrix
{
    public TestMatrix(int rows, int columns, Random random, float padding = 0, int extraStride = 0)
    {
        Rows = rows;
        Columns = columns;
        Stride = Padding.Stride(columns) + extraStride;
        Values = new float[rows * Stride];
        Array.Fill(Values, padding);
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
                this[i, j] = (float)(2 * random.NextDouble() - 1);
        }
    }

    public int Rows { get; }

    public int Columns { get; }

    public int Stride { get; }

    public float[] Values { get; }

    public ref float this[int i, int j] => ref Values[i * Stride + j];

    public MatrixView View => new(Values, Rows, Columns, Stride);
}
