using FluentAssertions;
using Vae.Data;
using Vae.Options;
using Vae.Training.Managed;
using Vae.Training.Rows;
using Xunit;

namespace Vae.Tests.Training.Rows;

/// <summary>Standardization by quantiles, from the table to what a model says in original units.</summary>
public class QuantileTests
{
    private static readonly VaeOptions AllRows = new() { Standardization = StandardizationMethod.Quantile, ValidationFraction = 0 };

    [Fact]
    public void Only_numeric_slots_have_maps_and_conditions_have_them_too()
    {
        var layout = new FeatureLayoutBuilder().Numeric("a").Binary("b").OneHot("c", 2).Conditions().Numeric("d").Build();
        float[] values = [.. Enumerable.Range(0, 40).SelectMany(i => new float[] { i, i % 2, (i + 1) % 2, i % 2, i * i })];
        using var table = TrainingTable.Read(new MatrixRows(layout, values), AllRows, new TableResources());
        table.Standardization.Maps.Select(map => map is not null).Should().Equal(true, false, false, false, true);
        float[] row = [0, 1, 0, 1, 39 * 39];
        table.Standardization.Apply(row, row);
        row[1..4].Should().Equal(1, 0, 1);
        row[4].Should().BeApproximately(-row[0], 1e-6f, "39² is the largest as 0 is the smallest");
    }

    [Fact]
    public void Missing_values_have_no_part_in_it_and_stay_missing()
    {
        using var table = Table([float.NaN, 1, 2, float.NaN, 3, 4], null);
        using var observed = Table([1, 2, 3, 4], null);
        Points(table).Should().Equal(Points(observed));
        float[] row = [float.NaN];
        table.Standardization.Apply(row, row);
        row[0].Should().Be(float.NaN);
    }

    [Fact]
    public void A_weight_counts_as_that_many_rows()
    {
        var random = new Random(6);
        float[] values = [.. Enumerable.Range(0, 1000).Select(_ => (float)Math.Exp(TestTables.Normal(random)))];
        float[] weights = [.. values.Select(value => value > 1 ? 3f : 1)];
        using var weighted = Table(values, weights);
        using var repeated = Table([.. values.SelectMany((value, i) => Enumerable.Repeat(value, (int)weights[i]))], null);
        float[] scores = new float[1];
        foreach (float value in values.Where(value => value is > 0.3f and < 5))
        {
            weighted.Standardization.Apply([value], scores);
            float expected = scores[0];
            repeated.Standardization.Apply([value], scores);
            scores[0].Should().BeApproximately(expected, 0.05f);
        }
    }

    [Fact]
    public void Held_out_rows_have_no_part_in_it()
    {
        float[] values = [.. Enumerable.Range(0, 40).Select(i => (float)(i * i))];
        using var table = TrainingTable.Read(
            new MatrixRows(FeatureLayout.Numeric(1), values), AllRows with { ValidationFraction = 0.25 }, new TableResources());
        var training = new List<float>();
        table.Sample(heldOut: false, 100, (row, _) => training.Add(row[0]), default);
        using var alone = Table([.. training], null);
        Points(table).Should().Equal(Points(alone));
    }

    [Fact]
    public void Slots_of_one_value_or_none_keep_mean_and_deviation()
    {
        float[] values = [.. Enumerable.Range(0, 40).SelectMany(i => new float[] { 7, float.NaN, i })];
        var rows = new MatrixRows(FeatureLayout.Numeric(3), values);
        using var table = TrainingTable.Read(rows, AllRows, new TableResources());
        table.Standardization.Maps.Select(map => map is not null).Should().Equal(false, false, true);
        float[] row = [7, 0, 0];
        table.Standardization.Apply(row, row);
        row[..2].Should().Equal(0, 0);
    }

    [Fact]
    public void The_likelihood_is_a_density_in_original_units()
    {
        var random = new Random(1);
        float[] values = [.. Enumerable.Range(0, 400).Select(_ => (float)Math.Exp(TestTables.Normal(random)))];
        var options = Small with { LatentDimension = 1, HiddenLayers = [8] };
        var model = new ManagedTrainer().Train(new MatrixRows(FeatureLayout.Numeric(1), values), options);
        const int cells = 4000;
        const double farthest = 100;
        double first = -farthest;
        double sum = 0;
        double[] logDensity = new double[1];
        var draws = new Random(2);
        for (int i = 0; i < cells; i++)
        {
            // The cells are narrow around 0 and the more distant the wider.
            double next = farthest * Math.Pow(2.0 * (i + 1) / cells - 1, 3);
            model.LogLikelihood([(float)((first + next) / 2)], logDensity, 20, draws);
            sum += Math.Exp(logDensity[0]) * (next - first);
            first = next;
        }

        sum.Should().BeApproximately(1, 0.02);
    }

    /// <summary>
    /// A log-normal column, a Cauchy column and one with 60% zeros, which all follow from one hidden number: mean and deviation
    /// leave samples with a mean distance of the distribution functions (Kolmogorov and Smirnov) of 0.301, quantiles of 0.034.
    /// </summary>
    [Fact]
    public void Samples_of_heavy_tailed_columns_are_distributed_as_the_rows_are()
    {
        float[] rows = HeavyTailed(2000, seed: 1);
        var layout = FeatureLayout.Numeric(3);
        double before = MeanDistance(StandardizationMethod.MeanAndDeviation, out _);
        double after = MeanDistance(StandardizationMethod.Quantile, out float[] samples);
        before.Should().BeGreaterThan(0.2);
        after.Should().BeLessThan(0.08);
        Column(samples, 2).Average(value => value == 0 ? 1.0 : 0).Should().BeApproximately(0.6, 0.1, "zeros are drawn as zeros");
        Column(samples, 0).Should().OnlyContain(value => value > -1);

        double MeanDistance(StandardizationMethod method, out float[] samples)
        {
            var model = new ManagedTrainer().Train(new MatrixRows(layout, rows), Small with { Standardization = method });
            samples = new float[3 * 4000];
            model.Sample(samples, new Random(1));
            float[] drawn = samples;
            return Enumerable.Range(0, 3).Average(slot => Distance(Column(rows, slot), Column(drawn, slot)));
        }
    }

    [Fact]
    public void A_heavy_tail_is_reconstructed_in_original_units_and_measured_in_scores()
    {
        float[] rows = HeavyTailed(2000, seed: 1);
        var model = new ManagedTrainer().Train(new MatrixRows(FeatureLayout.Numeric(3), rows), Small);
        model.Diagnosis.Features.Should().OnlyContain(feature => feature.Quality > 0.5);
        float[] reconstructed = new float[rows.Length];
        model.Reconstruct(rows, reconstructed);
        Rank(rows, reconstructed, 0).Should().BeGreaterThan(0.8);
        Rank(rows, reconstructed, 1).Should().BeGreaterThan(0.8);

        static double Rank(float[] rows, float[] reconstructed, int slot)
        {
            float[] actual = Column(rows, slot);
            float[] expected = Column(reconstructed, slot);
            float first = actual.Order().ElementAt(actual.Length / 2);
            float second = expected.Order().ElementAt(actual.Length / 2);
            return actual.Zip(expected, (left, right) => left > first == right > second ? 1.0 : 0).Average();
        }
    }

    [Fact]
    public void The_farther_beyond_the_training_rows_the_more_unusual()
    {
        float[] rows = HeavyTailed(2000, seed: 1);
        var model = new ManagedTrainer().Train(new MatrixRows(FeatureLayout.Numeric(3), rows), Small);
        float largest = Column(rows, 1).Max();
        float[] scores = new float[5];
        model.Score([1, 0, 0, 1, largest, 0, 1, 2 * largest, 0, 1, 5 * largest, 0, 1, 50 * largest, 0], scores);
        scores.Should().BeInAscendingOrder();
    }

    private static VaeOptions Small => new()
    {
        Standardization = StandardizationMethod.Quantile,
        LatentDimension = 2,
        HiddenLayers = [16, 16],
        Epochs = 30,
        InputNoise = 0,
        InputMasking = 0,
    };

    private static float[] HeavyTailed(int count, int seed)
    {
        var random = new Random(seed);
        var rows = new float[3 * count];
        for (int row = 0; row < count; row++)
        {
            double cause = TestTables.Normal(random);
            rows[3 * row] = (float)Math.Exp(1.5 * Noisy());
            rows[3 * row + 1] = (float)(Noisy() / Math.Abs(TestTables.Normal(random)));
            double last = Noisy();
            rows[3 * row + 2] = last < 0.2533 ? 0 : (float)Math.Exp(2 * last);

            double Noisy() => 0.95 * cause + 0.3122 * TestTables.Normal(random);
        }

        return rows;
    }

    private static float[] Column(float[] rows, int slot) => [.. rows.Where((_, i) => i % 3 == slot)];

    /// <summary>The largest difference of two distribution functions.</summary>
    private static double Distance(float[] left, float[] right)
    {
        Array.Sort(left);
        Array.Sort(right);
        return left.Concat(right).Max(value => Math.Abs(Part(left, value) - Part(right, value)));

        static double Part(float[] sorted, float value)
        {
            int low = 0;
            int high = sorted.Length;
            while (low < high)
            {
                int middle = (low + high) / 2;
                if (sorted[middle] <= value)
                    low = middle + 1;
                else
                    high = middle;
            }

            return (double)low / sorted.Length;
        }
    }

    private static QuantilePoint[] Points(TrainingTable table) => table.Standardization.Maps[0]!.Points.ToArray();

    private static TrainingTable Table(float[] values, float[]? weights) =>
        TrainingTable.Read(new MatrixRows(FeatureLayout.Numeric(1), values, weights), AllRows, new TableResources());
}
