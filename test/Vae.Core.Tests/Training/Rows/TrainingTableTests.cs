using FluentAssertions;
using Vae.Data;
using Vae.Options;
using Vae.Training.Rows;
using Xunit;

namespace Vae.Tests.Training.Rows;

public sealed class TrainingTableTests
{
    private const int Rows = 60_000;
    private const int Width = 40;

    private static readonly VaeOptions Options = new() { BatchSize = 64, ValidationFraction = 0.1, Seed = 5 };

    [Theory]
    [InlineData(1 << 20, "from the first page on")]
    [InlineData(5 << 20, "after some pages that were in memory")]
    public void A_table_beyond_the_memory_budget_gives_each_training_row_once_per_epoch_and_no_held_out_row(
        long memoryBudget, string inFile)
    {
        using var table = Open(memoryBudget);

        var first = Pass(table, 0);
        var held = Validation(table);

        first.Should().HaveCount(Rows - Rows / 10);
        held.Should().HaveCount(Rows / 10);
        held.Order().SequenceEqual(held).Should().BeTrue("held-out rows come in table order");
        first.Concat(held).Order().SequenceEqual(Enumerable.Range(0, Rows)).Should().BeTrue("every row comes once, {0}", inFile);
    }

    [Fact]
    public void A_table_beyond_the_memory_budget_is_shuffled_anew_in_every_epoch_and_the_same_way_for_the_same_seed()
    {
        using var table = Open(memoryBudget: 1 << 20);
        using var again = Open(memoryBudget: 1 << 20);

        var first = Pass(table, 0);
        var second = Pass(table, 1);

        second.SequenceEqual(first).Should().BeFalse();
        second.Order().SequenceEqual(first.Order()).Should().BeTrue();
        Pass(again, 0).SequenceEqual(first).Should().BeTrue();
        first.Zip(first.Skip(1)).Count(pair => pair.Second == pair.First + 1).Should().BeLessThan(50, "neighbours are separated");
    }

    [Fact]
    public void The_order_of_a_table_beyond_the_memory_budget_depends_on_the_budget()
    {
        using var memory = Open(memoryBudget: 1L << 30);
        using var small = Open(memoryBudget: 1 << 20);
        using var smallToo = Open(memoryBudget: 2 << 20);
        using var large = Open(memoryBudget: 1L << 31);
        var order = Pass(memory, 0);
        Pass(large, 0).Should().Equal(order, "both are in memory");
        Pass(small, 0).SequenceEqual(order).Should().BeFalse();
        Pass(smallToo, 0).SequenceEqual(Pass(small, 0)).Should().BeTrue("two pages at a time are the least");
    }

    [Fact]
    public void Memory_and_file_give_the_same_standardization_and_hold_out_the_same_rows()
    {
        using var memory = Open(memoryBudget: 1L << 30);
        using var file = Open(memoryBudget: 1 << 20);

        file.Standardization.Means.Should().Equal(memory.Standardization.Means);
        file.Standardization.Deviations.Should().Equal(memory.Standardization.Deviations);
        using var both = Open(memoryBudget: 5 << 20);
        both.Standardization.Means.Should().Equal(memory.Standardization.Means);
        both.Standardization.Deviations.Should().Equal(memory.Standardization.Deviations);
        Validation(file).SequenceEqual(Validation(memory)).Should().BeTrue();
    }

    [Fact]
    public void The_temporary_file_is_gone_when_the_table_is_closed()
    {
        string folder = Directory.CreateTempSubdirectory("vae-test-").FullName;
        try
        {
            using (var table = Open(memoryBudget: 1 << 20, folder))
            {
                Pass(table, 0).Should().NotBeEmpty();
                if (!OperatingSystem.IsWindows()) Directory.GetFiles(folder).Should().BeEmpty("a crash must not leave the file behind");
            }

            Directory.GetFiles(folder).Should().BeEmpty();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_pass_can_be_left_in_the_middle()
    {
        using var table = Open(memoryBudget: 1 << 20);
        table.BeginEpoch(0);
        table.NextBlock().Should().NotBeNull();

        Pass(table, 1).Should().HaveCount(Rows - Rows / 10);
    }

    [Fact]
    public void Weights_are_one_on_average_over_the_training_rows()
    {
        var weights = Enumerable.Range(0, Rows).Select(i => i % 3 + 0.5f).ToArray();
        using var table = Open(memoryBudget: 1 << 20, weights: weights);
        double sum = 0;
        table.BeginEpoch(0);
        while (table.NextBlock() is { } block)
            sum += block.Weights.Take(block.Count).Sum(weight => (double)weight);

        (sum / table.TrainingRows).Should().BeApproximately(1, 1e-6);
    }

    private static TrainingTable Open(long memoryBudget, string? folder = null, float[]? weights = null)
    {
        var values = new float[Rows * Width];
        var random = new Random(1);
        for (int i = 0; i < values.Length; i++)
            values[i] = i % Width == 0 ? i / Width : random.NextSingle();
        var rows = new MatrixRows(FeatureLayout.Numeric(Width), values, weights);
        return TrainingTable.Read(rows, Options, new TableResources { MemoryBudget = memoryBudget, TemporaryFolder = folder });
    }

    private static List<int> Pass(TrainingTable table, int epoch)
    {
        table.BeginEpoch(epoch);
        return Numbers(table);
    }

    private static List<int> Validation(TrainingTable table)
    {
        table.BeginValidation();
        return Numbers(table);
    }

    /// <summary>The numbers of the rows, which stand in the first slot.</summary>
    private static List<int> Numbers(TrainingTable table)
    {
        var numbers = new List<int>();
        while (table.NextBlock() is { } block)
        {
            for (int row = 0; row < block.Count; row++)
            {
                double number = block.Values.Row(row)[0] * table.Standardization.Deviations[0] + table.Standardization.Means[0];
                numbers.Add((int)Math.Round(number));
            }
        }

        return numbers;
    }
}
