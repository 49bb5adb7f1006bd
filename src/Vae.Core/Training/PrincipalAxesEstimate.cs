using Vae.Data;
using Vae.Networks;
using Vae.Numerics;
using Vae.Numerics.Gemm;
using Vae.Numerics.RandomNumbers;
using Vae.Options;
using Vae.Training.Rows;

namespace Vae.Training;

/// <summary>
/// The principal axes of training rows, of a bounded number of them, by orthogonal iteration: multiply some directions by XᵀX and make
/// them orthogonal again, until they are the first eigenvectors in order. It never forms XᵀX, so a table may be wide.
/// </summary>
internal static class PrincipalAxesEstimate
{
    private const int MostRows = 2048;

    private const int FewestRows = 64;

    /// <summary>A wide table's rows are fewer, so that they take at most 32 MiB.</summary>
    private const int MostValues = 1 << 23;

    private const int Iterations = 50;

    /// <summary>An axis has at least this variance.</summary>
    private const double SmallestVariance = 1e-3;

    /// <summary>
    /// The noise variance is at least this, in standardized units: that of the noise that the encoder's input has by default. With less, a
    /// row far out that is not decoded well would cost so many times what it costs a model that has learned nothing that training ends.
    /// </summary>
    private const double SmallestNoiseVariance = 0.04;

    /// <summary>The first axes of a table's training rows.</summary>
    /// <param name="table">The table.</param>
    /// <param name="most">The largest number of axes.</param>
    /// <param name="cancellation">Ends the reading and the iteration.</param>
    public static PrincipalAxes Of(TrainingTable table, int most, CancellationToken cancellation)
    {
        var rows = Read(table, cancellation);
        double[] mean = Center(rows);
        double total = 0;
        for (int row = 0; row < rows.Rows; row++)
            total += Dot(rows.Row(row), rows.Row(row)) / rows.Rows;

        int count = Math.Min(most, rows.Rows - 1);
        var directions = Directions(rows, count, cancellation);
        double[] variances = Array.ConvertAll(directions, direction => Variance(rows, direction));
        int used = variances.TakeWhile(variance => variance > SmallestVariance).Count();
        double left = (total - variances.Take(used).Sum()) / Math.Max(1, mean.Length - used);
        return new PrincipalAxes(mean, directions[..used], variances[..used], Math.Max(left, SmallestNoiseVariance));
    }

    /// <summary>Modelled slots as an encoder sees them: standardized, 0 where missing.</summary>
    private static Matrix Read(TrainingTable table, CancellationToken cancellation)
    {
        var layout = table.Layout;
        int most = Math.Clamp(MostValues / layout.SlotCount, FewestRows, MostRows);
        var rows = new Matrix(Math.Min(most, table.TrainingRows), layout.SlotCount);
        var prepared = new float[layout.RowWidth];
        int taken = 0;
        table.Sample(
            heldOut: false, rows.Rows,
            (row, _) =>
            {
                RowPreparation.Standardize(table.Standardization, row, prepared, default);
                prepared.AsSpan(0, layout.SlotCount).CopyTo(rows.Row(taken++));
            },
            cancellation);
        return rows;
    }

    private static double[] Center(Matrix rows)
    {
        var mean = new double[rows.Columns];
        for (int row = 0; row < rows.Rows; row++)
        {
            for (int slot = 0; slot < mean.Length; slot++)
                mean[slot] += rows.Row(row)[slot] / (double)rows.Rows;
        }

        for (int row = 0; row < rows.Rows; row++)
        {
            for (int slot = 0; slot < mean.Length; slot++)
                rows.Row(row)[slot] -= (float)mean[slot];
        }

        return mean;
    }

    private static float[][] Directions(Matrix rows, int count, CancellationToken cancellation)
    {
        var directions = new float[count][];
        for (int d = 0; d < count; d++)
        {
            directions[d] = new float[rows.Columns];
            CounterRandom.FillNormal(0, RandomStreams.PrincipalAxes, (ulong)((long)d * rows.Columns), directions[d]);
        }

        var columns = new Matrix(rows.Columns, count);
        var products = new Matrix(rows.Rows, count);
        for (int iteration = 0; iteration < Iterations; iteration++)
        {
            cancellation.ThrowIfCancellationRequested();
            Orthonormalize(directions);
            for (int slot = 0; slot < rows.Columns; slot++)
            {
                for (int d = 0; d < count; d++)
                    columns.Row(slot)[d] = directions[d][slot];
            }

            MatrixProduct.Multiply(rows.View, columns.View, products.View);
            MatrixProduct.MultiplyTransposedLeft(rows.View, products.View, columns.View);
            for (int slot = 0; slot < rows.Columns; slot++)
            {
                for (int d = 0; d < count; d++)
                    directions[d][slot] = columns.Row(slot)[d];
            }
        }

        Orthonormalize(directions);
        return directions;
    }

    /// <summary>Gram and Schmidt's way, twice, because once is not exact where directions are nearly parallel.</summary>
    private static void Orthonormalize(float[][] directions)
    {
        for (int d = 0; d < directions.Length; d++)
        {
            for (int e = 0; e < 2 * d; e++)
                Subtract(directions[d], directions[e % d], Dot(directions[d], directions[e % d]));
            double length = Math.Sqrt(Dot(directions[d], directions[d]));
            foreach (ref float value in directions[d].AsSpan())
                value = length > 0 ? (float)(value / length) : 0;
        }
    }

    private static void Subtract(float[] target, float[] direction, double part)
    {
        for (int slot = 0; slot < target.Length; slot++)
            target[slot] -= (float)(part * direction[slot]);
    }

    private static double Variance(Matrix rows, float[] direction)
    {
        double sum = 0;
        for (int row = 0; row < rows.Rows; row++)
        {
            double part = Dot(rows.Row(row), direction);
            sum += part * part;
        }

        return sum / rows.Rows;
    }

    private static double Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += (double)a[i] * b[i];
        return sum;
    }
}
