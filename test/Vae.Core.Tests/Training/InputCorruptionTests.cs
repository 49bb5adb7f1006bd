using FluentAssertions;
using Vae.Data;
using Vae.Losses;
using Vae.Numerics;
using Vae.Options;
using Vae.Training.Managed;
using Vae.Training.Rows;
using Xunit;

namespace Vae.Tests.Training;

public class InputCorruptionTests
{
    private const int Rows = 4000;

    private static readonly FeatureLayout Layout = TestLayouts.Conditional;

    [Fact]
    public void Noise_is_added_to_observed_numeric_values_and_to_nothing_else()
    {
        var (rows, corrupted) = Corrupt(new VaeOptions { InputNoise = 0.5, InputMasking = 0 });
        for (int slot = 0; slot < Layout.RowWidth; slot++)
        {
            double[] noise = Column(slot, (row, column) => corrupted.Row(row)[column] - rows.Row(row)[column]);
            if (slot >= 3)
            {
                noise.Should().OnlyContain(value => value == 0, "slot {0} is not numeric or a condition", slot);
                continue;
            }

            noise.Where((_, row) => IsMissing(row)).Should().OnlyContain(value => value == 0, "a missing value stays 0");
            double[] observed = [.. noise.Where((_, row) => !IsMissing(row))];
            observed.Average().Should().BeApproximately(0, 4 * 0.5 / Math.Sqrt(observed.Length));
            Math.Sqrt(observed.Average(value => value * value)).Should().BeApproximately(0.5, 4 * 0.5 / Math.Sqrt(2 * observed.Length));
        }
    }

    [Fact]
    public void A_part_of_the_values_is_hidden_groups_as_a_whole_and_conditions_never()
    {
        var (_, corrupted) = Corrupt(new VaeOptions { InputNoise = 0, InputMasking = 0.2 });
        double tolerance = 4 * Math.Sqrt(0.2 * 0.8 / Rows);
        foreach (int slot in new[] { 0, 1, 2, 7 })
        {
            Column(slot, (row, column) => IsMissing(row) || corrupted.Row(row)[column] != 0 ? 0 : 1).Sum()
                .Should().BeApproximately(0.2 * Rows * 0.9, tolerance * Rows);
        }

        double[] seen = Column(3, (row, _) => corrupted.Row(row)[3..7].ToArray().Sum());
        seen.Should().OnlyContain(sum => sum == 0 || sum == 1);
        seen.Count(sum => sum == 0).Should().BeInRange((int)((0.2 - tolerance) * Rows), (int)((0.2 + tolerance) * Rows));
        Column(8, (row, column) => corrupted.Row(row)[column]).Should().OnlyContain(value => value == 1);
        Column(0, (row, _) => corrupted.Row(row)[0] == 0 == (corrupted.Row(row)[1] == 0) ? 1 : 0).Sum()
            .Should().BeInRange(0.6 * Rows, 0.8 * Rows, "numeric slots are hidden one by one");
    }

    [Fact]
    public void In_use_nothing_is_corrupted()
    {
        var (rows, corrupted) = Corrupt(new VaeOptions { InputNoise = 1, InputMasking = 0.5 }, training: false);
        for (int row = 0; row < Rows; row++)
            corrupted.Row(row).SequenceEqual(rows.Row(row)).Should().BeTrue();
    }

    /// <summary>Every tenth row lacks its numeric values.</summary>
    private static bool IsMissing(int row) => row % 10 == 0;

    private static double[] Column(int slot, Func<int, int, double> value) =>
        [.. Enumerable.Range(0, Rows).Select(row => value(row, slot))];

    private static (Matrix Rows, Matrix Corrupted) Corrupt(VaeOptions options, bool training = true)
    {
        var block = new RowBlock(Rows, Layout.RowWidth, Layout.SlotCount, mayMiss: true) { Count = Rows };
        var (rows, mask) = (block.Values, block.Mask!);
        for (int row = 0; row < Rows; row++)
        {
            rows.Row(row).Fill(1);
            mask.Row(row).Fill(1);
            rows.Row(row)[3..7].Clear();
            rows.Row(row)[3 + row % 4] = 1;
            if (!IsMissing(row)) continue;
            rows.Row(row)[..3].Clear();
            mask.Row(row)[..3].Clear();
        }

        var minibatch = new Minibatch(Layout, Rows, mayMiss: true);
        minibatch.Take(block, 0, Rows);
        var corruption = new InputCorruption(Layout, options, minibatch);
        corruption.Forward(new StepInfo(5, Rows, Seed: 2, Factor: 1, training), 0, Rows);
        return (rows, corruption.Corrupted);
    }
}
