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
    public void The_order_of_the_rows_does_not_depend_on_the_budget()
    {
        using var memory = Open(memoryBudget: 1L << 30);
        var order = Pass(memory, 0);
        foreach (long budget in new[] { 0, 1 << 20, 5 << 20, 20 << 20 })
        {
            using var table = Open(budget);
            Pass(table, 0).SequenceEqual(order).Should().BeTrue("{0} bytes are no other training", budget);
        }
    }

    [Fact]
    public void A_table_of_several_windows_is_shuffled_the_same_way_in_memory_by_windows_and_row_by_row()
    {
        using var memory = OpenNumbers(memoryBudget: 1L << 30);
        using var windows = OpenNumbers(memoryBudget: 150 << 20);
        using var rows = OpenNumbers(memoryBudget: 1 << 20);

        var order = Pass(memory, 3);

        order.Order().SequenceEqual(Enumerable.Range(0, NumberedRows.Count).Except(Validation(memory))).Should().BeTrue();
        Pass(windows, 3).SequenceEqual(order).Should().BeTrue();
        Pass(rows, 3).SequenceEqual(order).Should().BeTrue();
        Validation(rows).SequenceEqual(Validation(memory)).Should().BeTrue();
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
        using var folder = new TemporaryFolder();
        using (var table = Open(memoryBudget: 1 << 20, folder.Path))
        {
            Pass(table, 0).Should().NotBeEmpty();
            if (!OperatingSystem.IsWindows()) Directory.GetFiles(folder.Path).Should().BeEmpty("a crash must not leave the file behind");
        }

        Directory.GetFiles(folder.Path).Should().BeEmpty();
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

    [Fact]
    public void Weights_stay_with_their_rows_when_these_are_read_one_by_one()
    {
        var weights = Enumerable.Range(0, Rows).Select(i => i + 1f).ToArray();
        using var table = Open(memoryBudget: 0, weights: weights);
        table.BeginEpoch(0);
        while (table.NextBlock() is { } block)
        {
            for (int row = 0; row < block.Count; row++)
                (block.Weights[row] / (Number(table, block, row) + 1)).Should().BeApproximately(1 / 30000f, 1e-6f);
        }
    }

    [Fact]
    public void A_cancellation_is_seen_after_few_rows_of_a_slow_source()
    {
        using var cancellation = new CancellationTokenSource();
        var rows = new SlowRows(cancelAfter: 1000, cancellation);
        var read = () => TrainingTable.Read(rows, Options, new TableResources { CancellationToken = cancellation.Token });
        read.Should().Throw<OperationCanceledException>();
        rows.Read.Should().BeInRange(1000, 1256);
    }

    [Fact]
    public void A_cancellation_is_seen_between_reading_and_training()
    {
        using var cancellation = new CancellationTokenSource();
        var rows = new SlowRows(cancelAfter: SlowRows.Count, cancellation);
        var read = () => TrainingTable.Read(rows, Options, new TableResources { CancellationToken = cancellation.Token });
        read.Should().Throw<OperationCanceledException>();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void The_last_block_has_not_one_row_alone(int more)
    {
        int capacity;
        using (var table = Read(1 << 15))
            capacity = table.BlockCapacity;
        using var longer = Read(2 * capacity + more);
        longer.BeginEpoch(0);
        var counts = new List<int>();
        while (longer.NextBlock() is { } block)
            counts.Add(block.Count);

        counts.Should().Equal(capacity, more == 1 ? capacity - 1 : capacity, 2);
    }

    private static TrainingTable Read(int rows) => TrainingTable.Read(
        new MatrixRows(FeatureLayout.Numeric(Width), Enumerable.Range(0, rows * Width).Select(i => (float)i).ToArray()),
        Options with { ValidationFraction = 0 }, new TableResources());

    private static TrainingTable OpenNumbers(long memoryBudget) =>
        TrainingTable.Read(new NumberedRows(), Options, new TableResources { MemoryBudget = memoryBudget });

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
                numbers.Add(Number(table, block, row));
            }
        }

        return numbers;
    }

    private static int Number(TrainingTable table, RowBlock block, int row) =>
        (int)Math.Round(block.Values.Row(row)[0] * table.Standardization.Deviations[0] + table.Standardization.Means[0]);

    /// <summary>A table of 150 MB, which is more than a window, whose rows hold their numbers.</summary>
    private sealed class NumberedRows : IFeatureRows
    {
        public const int Count = (150 << 20) / sizeof(float) / RowWidth;

        private const int RowWidth = 400;

        public FeatureLayout Layout { get; } = FeatureLayout.Numeric(RowWidth);

        public bool HasWeights => false;

        public IFeatureRowReader Open() => new Reader();

        private sealed class Reader : IFeatureRowReader
        {
            private int _next;

            public int Read(Span<float> rows, Span<float> weights)
            {
                int count = Math.Min(rows.Length / RowWidth, Count - _next);
                rows[..(count * RowWidth)].Clear();
                for (int row = 0; row < count; row++)
                    rows[row * RowWidth] = _next++;
                return count;
            }

            public void Dispose()
            {
            }
        }
    }

    /// <summary>A narrow table, of which a page holds many rows, that asks for its own cancellation.</summary>
    private sealed class SlowRows(int cancelAfter, CancellationTokenSource cancellation) : IFeatureRows, IFeatureRowReader
    {
        public const int Count = 10_000;

        public FeatureLayout Layout { get; } = FeatureLayout.Numeric(1);

        public bool HasWeights => false;

        public int Read { get; private set; }

        public IFeatureRowReader Open() => this;

        int IFeatureRowReader.Read(Span<float> rows, Span<float> weights)
        {
            int count = Math.Min(rows.Length, Count - Read);
            for (int row = 0; row < count; row++)
            {
                rows[row] = Read++;
                if (Read == cancelAfter) cancellation.Cancel();
            }

            return count;
        }

        public void Dispose()
        {
        }
    }
}
