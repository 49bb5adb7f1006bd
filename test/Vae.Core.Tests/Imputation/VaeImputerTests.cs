using System.Globalization;
using FluentAssertions;
using Vae.Data;
using Vae.Imputation;
using Vae.Options;
using Vae.Tests.Inference;
using Vae.Tests.Reference;
using Vae.Training;
using Vae.Training.Managed;
using Xunit;

namespace Vae.Core.Tests.Imputation;

public sealed class VaeImputerTests
{
    private static readonly VaeOptions Small = new() { LatentDimension = 2, HiddenLayers = [16], Epochs = 60, Seed = 1 };

    private static readonly ImputationOptions Options = new() { Model = Small, ModelCount = 2, Samples = 50 };

    /// <summary>x, −x, the sign of x as a category and as yes/no, and a number that has nothing to do with them.</summary>
    private static readonly FeatureLayout Layout =
        new FeatureLayoutBuilder().Numeric("x", 2).OneHot("sign", "plus", "minus").Binary("negative").Numeric("noise").Build();

    private static readonly Lazy<VaeImputer> Trained = new(() => VaeImputer.Train(new ManagedTrainer(), Table(400, 0.2), Options));

    [Fact]
    public void Gaps_are_filled_from_the_rest_of_the_row()
    {
        float[] gaps = [float.NaN, -1.5f, float.NaN, float.NaN, float.NaN, 0.3f];
        float[] filled = Fill(gaps, out float[] probabilities);

        filled[0].Should().BeInRange(1.1f, 1.9f);
        filled[2..5].Should().Equal(1, 0, 0);
        (probabilities[2] + probabilities[3]).Should().BeApproximately(1, 1e-5f);
        probabilities[2].Should().BeInRange(0.8f, 1);
        probabilities[4].Should().BeInRange(0, 0.2f);
        probabilities[0].Should().Be(filled[0]);
    }

    [Fact]
    public void Observed_values_stay_what_they_are_to_the_bit()
    {
        float[] rows = Values(300, 0.3, seed: 5);
        rows[1] = -0f;
        rows[^1] = 1e30f;
        float[] filled = new float[rows.Length];
        float[] drawn = new float[rows.Length];
        Trained.Value.Impute(rows, filled);
        Trained.Value.Draw(rows, 0, drawn);

        filled.Should().OnlyContain(value => float.IsFinite(value));
        for (int i = 0; i < rows.Length; i++)
        {
            bool isGap = float.IsNaN(rows[i]);
            if (isGap) continue;
            BitConverter.SingleToInt32Bits(filled[i]).Should().Be(BitConverter.SingleToInt32Bits(rows[i]));
            BitConverter.SingleToInt32Bits(drawn[i]).Should().Be(BitConverter.SingleToInt32Bits(rows[i]));
        }
    }

    [Fact]
    public void The_same_row_is_filled_alike_wherever_it_stands_and_drawn_otherwise()
    {
        float[] gaps = [0.5f, float.NaN, 1, 0, float.NaN, float.NaN];
        float[] rows = [.. Values(3, 0.5, seed: 2), .. gaps, .. gaps];
        float[] filled = new float[rows.Length];
        Trained.Value.Impute(rows, filled);
        float[] first = Drawn(rows, 0), again = Drawn(rows, 0), second = Drawn(rows, 1);

        filled[^6..].Should().Equal(filled[^12..^6]).And.Equal(Fill(gaps, out _));
        again.Should().Equal(first);
        first[^1].Should().NotBe(first[^7]).And.NotBe(second[^1]);
    }

    [Fact]
    public void Draws_are_as_spread_as_what_they_stand_for()
    {
        float[] rows = [.. Enumerable.Repeat(new[] { 0.5f, float.NaN, 1, 0, 0, float.NaN }, 1000).SelectMany(row => row)];
        float[] drawn = Drawn(rows, 3);
        double[] noise = [.. Enumerable.Range(0, 1000).Select(row => (double)drawn[row * 6 + 5])];
        double[] opposite = [.. Enumerable.Range(0, 1000).Select(row => (double)drawn[row * 6 + 1])];

        Deviation(noise).Should().BeInRange(0.8, 1.2, "nothing in the row says anything of it, and its deviation is 1");
        Deviation(opposite).Should().BeInRange(0.05, 0.4, "the table has it within 0.1 of −x");
        opposite.Average().Should().BeInRange(-0.8, -0.2);
    }

    [Fact]
    public void Deleted_values_of_a_real_table_lie_among_their_draws()
    {
        const int draws = 19;
        string[] lines = [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "data", "wine.csv")).Skip(1)];
        float[] truth =
        [
            .. lines.SelectMany(line => line.Split(',').SkipLast(1)).Select(cell => float.Parse(cell, CultureInfo.InvariantCulture)),
        ];
        var random = new Random(1);
        float[] gaps = Array.ConvertAll(truth, value => random.NextDouble() < 0.2 ? float.NaN : value);
        var imputer = VaeImputer.Train(new ManagedTrainer(), new MatrixRows(FeatureLayout.Numeric(13), gaps), Options);
        float[][] drawn = [.. Enumerable.Range(0, draws).Select(draw =>
        {
            float[] filled = new float[gaps.Length];
            imputer.Draw(gaps, draw, filled);
            return filled;
        })];

        int[] deleted = [.. Enumerable.Range(0, gaps.Length).Where(cell => float.IsNaN(gaps[cell]))];
        deleted.Average(cell => IsAmong(cell) ? 1.0 : 0).Should().BeInRange(
            0.84, 0.96, "of 20 values from one distribution the first is neither the least nor the greatest in 90% of the cells");

        bool IsAmong(int cell) => drawn.Any(draw => draw[cell] <= truth[cell]) && drawn.Any(draw => draw[cell] >= truth[cell]);
    }

    [Fact]
    public void A_median_is_a_median_and_a_mean_a_mean_where_the_standardization_is_no_line()
    {
        var random = new Random(3);
        float[] values = [.. Enumerable.Range(0, 4000).Select(_ => (float)-Math.Log(1 - random.NextDouble()))];
        var table = new MatrixRows(FeatureLayout.Numeric(2), values);
        var options = new ImputationOptions
        {
            Model = Small with { Standardization = StandardizationMethod.Quantile, Epochs = 10 },
            ModelCount = 1,
            Samples = 2000,
        };
        var mean = VaeImputer.Train(new ManagedTrainer(), table, options);
        var median = new VaeImputer([.. mean.Parts], options with { Numbers = NumberImputation.Median });

        Missing(mean).Should().BeApproximately(1, 0.12f);
        Missing(median).Should().BeApproximately(MathF.Log(2), 0.12f);

        static float Missing(VaeImputer imputer)
        {
            float[] filled = new float[2];
            imputer.Impute([float.NaN, 0.7f], filled);
            return filled[0];
        }
    }

    [Fact]
    public void Noise_that_two_numbers_share_is_found_in_rows_with_gaps()
    {
        var random = new Random(1);
        float[] values = [.. Enumerable.Range(0, 2000).SelectMany(_ => Row(random))];
        var layout = FeatureLayout.Numeric(3);
        var options = new VaeOptions { LatentDimension = 1, HiddenLayers = [], NoiseScale = NoiseScaleOptions.Fixed() };
        var problem = RandomProblem.Create(layout, options, 1);
        Array.Clear(problem.Tensors["decoder.output.weight"]);
        Array.Clear(problem.Tensors["decoder.output.bias"]);
        var model = new TestModel(problem, standardized: true).Model;

        var noise = NoiseEstimate.Of(model, new MatrixRows(layout, values), CancellationToken.None).Numbers.Noise;

        noise[0, 0].Should().BeApproximately(1, 0.12);
        noise[0, 1].Should().BeApproximately(0.8, 0.1);
        noise[1, 0].Should().Be(noise[0, 1]);
        noise[0, 2].Should().BeApproximately(0, 0.1);

        static float[] Row(Random random)
        {
            double[] normals = [Normal(random), Normal(random), Normal(random)];
            float[] row = [(float)normals[0], (float)(0.8 * normals[0] + 0.6 * normals[1]), (float)normals[2]];
            for (int i = 0; i < row.Length; i++)
                row[i] = random.Next(4) == 0 ? float.NaN : row[i];
            return row;
        }
    }

    [Fact]
    public void A_wide_table_has_independent_noise_and_is_filled()
    {
        const int slots = ImputerPart.MostCorrelated + 1;
        var random = new Random(4);
        float[] values = [.. Enumerable.Range(0, 60).SelectMany(_ =>
        {
            double level = Normal(random);
            return Enumerable.Range(0, slots).Select(slot => (float)(slot % 2 == 0 ? level : -level));
        })];
        var imputer = VaeImputer.Train(
            new ManagedTrainer(), new MatrixRows(FeatureLayout.Numeric(slots), values), Options with { ModelCount = 1 });
        float[] gaps = [.. Enumerable.Repeat(new[] { 1.5f, -1.5f }, slots).SelectMany(pair => pair).Take(slots)];
        gaps[0] = gaps[3] = float.NaN;
        float[] filled = new float[slots];
        imputer.Impute(gaps, filled);

        imputer.Parts[0].Noise.IsIndependent.Should().BeTrue();
        filled[0].Should().BeInRange(1, 2);
        filled[3].Should().BeInRange(-2, -1);
    }

    [Fact]
    public void Nothing_is_allocated_per_row()
    {
        var imputer = Trained.Value.CreateRowImputer();
        float[] gaps = [0.5f, float.NaN, 0, 0, float.NaN, float.NaN];
        float[] filled = new float[6];
        AllocatedBytes.Of(() => imputer.Fill(gaps, 0, filled, default), 20).Should().Be(0);
        AllocatedBytes.Of(() => imputer.Draw(gaps, 0, 1, filled), 20).Should().Be(0);
    }

    [Fact]
    public void A_row_of_gaps_alone_and_conditions_are_filled_too()
    {
        var test = new TestModel(RandomProblem.Create(TestLayouts.Conditional, Small, 1));
        float[] gaps = [.. Enumerable.Repeat(float.NaN, test.Model.Layout.SlotCount), 30, 1, 0, 1, 0];
        float[] filled = new float[gaps.Length];
        new VaeImputer(test.Model).Impute(gaps, filled);

        filled.Should().OnlyContain(value => float.IsFinite(value));
        filled[^5..].Should().Equal(30, 1, 0, 1, 0);
        filled[3..7].Sum().Should().Be(1);
    }

    [Fact]
    public void A_decoder_whose_outputs_are_no_numbers_fills_means()
    {
        var problem = RandomProblem.Create(TestLayouts.Mixed, new VaeOptions { LatentDimension = 2, HiddenLayers = [] }, 1);
        Array.Fill(problem.Tensors["decoder.output.weight"], 1e38);
        Array.Fill(problem.Tensors["encoder.head.bias"], 1e6);
        var test = new TestModel(problem);
        float[] filled = new float[test.Model.Layout.RowWidth];
        new VaeImputer(test.Model).Impute(Enumerable.Repeat(float.NaN, filled.Length).ToArray(), filled);

        filled.Should().OnlyContain(value => float.IsFinite(value));
        filled[1].Should().Be((float)test.Means[1]);
        filled[3..7].Should().Equal(1, 0, 0, 0);
    }

    [Fact]
    public void What_cannot_be_filled_is_named()
    {
        float[] rows = Values(2, 0, seed: 1);
        rows[6 + 4] = 0.5f;
        FluentActions.Invoking(() => Trained.Value.Impute(rows, new float[12])).Should().Throw<ArgumentException>()
            .WithMessage("*slot 'negative'*in row 1*");
        FluentActions.Invoking(() => Trained.Value.Impute(rows, new float[6])).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => Trained.Value.Impute(new float[5], new float[5])).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => Trained.Value.Draw(rows, -1, new float[12])).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Theory]
    [InlineData(0, 1, NumberImputation.Mean, "ModelCount")]
    [InlineData(1, 0, NumberImputation.Mean, "Samples")]
    [InlineData(1, 1, (NumberImputation)7, "Numbers")]
    public void An_option_out_of_range_is_named(int models, int samples, NumberImputation numbers, string name)
    {
        var options = new ImputationOptions { ModelCount = models, Samples = samples, Numbers = numbers };
        FluentActions.Invoking(() => VaeImputer.Train(new ManagedTrainer(), Table(10, 0), options))
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage($"*{name}*");
    }

    [Fact]
    public void Training_does_not_depend_on_the_number_of_threads()
    {
        float[] rows = Values(50, 0.3, seed: 9);
        var options = Options with { Model = Small with { Epochs = 3 } };
        float[][] filled = Array.ConvertAll([1, 3], threads =>
        {
            float[] values = new float[rows.Length];
            VaeImputer.Train(new ManagedTrainer(), Table(100, 0.2), options, new TrainingContext { ThreadCount = threads })
                .Impute(rows, values);
            return values;
        });
        filled[1].Should().Equal(filled[0]);
    }

    private static float[] Fill(float[] row, out float[] probabilities)
    {
        float[] filled = new float[row.Length];
        probabilities = new float[row.Length];
        Trained.Value.Impute(row, filled, probabilities);
        return filled;
    }

    private static float[] Drawn(float[] rows, int draw)
    {
        float[] filled = new float[rows.Length];
        Trained.Value.Draw(rows, draw, filled);
        return filled;
    }

    private static double Deviation(double[] values) => Math.Sqrt(values.Average(value => Math.Pow(value - values.Average(), 2)));

    private static MatrixRows Table(int count, double missing) => new(Layout, Values(count, missing, seed: 1));

    private static float[] Values(int count, double missing, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).SelectMany(_ =>
        {
            float x = (float)Normal(random);
            float sign = x > 0 ? 1 : 0;
            float[] row = [x, -x + 0.1f * (float)Normal(random), sign, 1 - sign, 1 - sign, (float)Normal(random)];
            foreach (var feature in Layout.Features)
            {
                if (random.NextDouble() < missing) row.AsSpan(feature.Start, feature.Length).Fill(float.NaN);
            }

            return row;
        })];
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
