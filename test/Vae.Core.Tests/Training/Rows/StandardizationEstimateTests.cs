using FluentAssertions;
using Vae.Data;
using Vae.Options;
using Vae.Training.Rows;
using Xunit;

namespace Vae.Tests.Training.Rows;

public class StandardizationEstimateTests
{
    /// <summary>So many slots that a page is of 64 rows.</summary>
    private const int Slots = 4096;
    private const int Rows = 300;

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(0)]
    public void The_moments_of_pages_make_those_of_the_table(long memoryBudget)
    {
        var random = new Random(1);
        var values = new float[Rows * Slots];
        for (int i = 0; i < values.Length; i++)
        {
            // Page by page the values wander off; a mean may be far larger than the deviation, and some pages miss a slot.
            int slot = i % Slots;
            int page = i / Slots / 64;
            values[i] = slot % 7 == page ? float.NaN : (float)(random.NextDouble() + page * (slot % 5) + (slot % 3 == 0 ? 1e5 : 0));
        }

        float[] weights = [.. Enumerable.Range(0, Rows).Select(row => row / 64 == 1 ? 0 : row % 4 * 0.5f)];
        using var table = TrainingTable.Read(
            new MatrixRows(FeatureLayout.Numeric(Slots), values, weights), new VaeOptions { ValidationFraction = 0 },
            new TableResources { MemoryBudget = memoryBudget });
        for (int slot = 0; slot < Slots; slot++)
        {
            int[] rows = [.. Enumerable.Range(0, Rows).Where(row => !float.IsNaN(values[row * Slots + slot]))];
            double total = rows.Sum(row => (double)weights[row]);
            double mean = rows.Sum(row => weights[row] * (double)values[row * Slots + slot]) / total;
            double square = rows.Sum(row => weights[row] * Math.Pow(values[row * Slots + slot] - mean, 2)) / total;
            table.Standardization.Means[slot].Should().BeApproximately(mean, 1e-12 * Math.Abs(mean));
            table.Standardization.Deviations[slot].Should().BeApproximately(Math.Sqrt(square), 1e-9 * Math.Sqrt(square));
        }
    }
}
