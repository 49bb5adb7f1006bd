using FluentAssertions;
using Vae.Data;
using Vae.Options;
using Vae.Tests.Inference;
using Vae.Tests.Persistence;
using Vae.Tests.Reference;
using Vae.Training.Managed;
using Xunit;

namespace Vae.Tests.Trust;

/// <summary>The tables that break other libraries, one by one; <see cref="Properties.TrainingProperties"/> mixes them.</summary>
public sealed class HostileDataTests
{
    private static readonly VaeOptions Options = new() { Epochs = 20, LatentDimension = 2, HiddenLayers = [16, 8] };

    public static TheoryData<string, Func<int, float>> Columns() => new()
    {
        { "constant", _ => 7 },
        { "a large constant", _ => 1e30f },
        { "a large constant with rounding", row => 1.7e9f + 128 * (row % 2) },
        { "zero", _ => 0 },
        { "all missing", _ => float.NaN },
        { "one value, the rest missing", row => row == 3 ? 5 : float.NaN },
        { "1e-30 and 1e30", row => row % 2 == 0 ? 1e-30f : 1e30f },
        { "denormals", row => float.Epsilon * (row % 5) },
        { "the largest floats", row => row % 2 == 0 ? float.MaxValue : float.MinValue },
        { "one outlier", row => row == 5 ? 1e38f : row % 3 },
    };

    [Theory]
    [MemberData(nameof(Columns))]
    public void A_strange_column_beside_an_ordinary_one_gives_a_finite_model(string what, Func<int, float> column)
    {
        var layout = FeatureLayout.Numeric(2);
        var rows = new float[2 * 50];
        for (int row = 0; row < 50; row++)
            (rows[2 * row], rows[2 * row + 1]) = (column(row), MathF.Sin(row));

        var model = new ManagedTrainer().Train(new MatrixRows(layout, rows), Options with { ValidationFraction = 0 });
        float[] unseen = [.. rows, 0, 0, float.NaN, float.NaN, float.MaxValue, float.MinValue, 1e-45f, 1e30f];
        var scores = new float[unseen.Length / 2];
        model.Score(unseen, scores);
        scores.Should().OnlyContain(score => float.IsFinite(score), what);
        var reconstructions = new float[unseen.Length];
        model.Reconstruct(unseen, reconstructions);
        reconstructions.Should().OnlyContain(value => float.IsFinite(value), what);
    }

    [Fact]
    public void Farther_out_is_more_unusual_until_a_million_standard_deviations()
    {
        var layout = FeatureLayout.Numeric(2);
        var rows = new float[200];
        for (int i = 0; i < rows.Length; i++)
            rows[i] = MathF.Sin(i);
        var model = new ManagedTrainer().Train(new MatrixRows(layout, rows), Options);
        var scores = new float[5];
        model.Score([0.1f, 0.1f, 10, 0.1f, 1e4f, 0.1f, 1e8f, 0.1f, 1e30f, 0.1f], scores);
        scores[..4].Should().BeInAscendingOrder();
        scores[4].Should().Be(scores[3]);
    }

    [Theory]
    [InlineData(1e-3)]
    [InlineData(1e-14)]
    [InlineData(1e-30)]
    [InlineData(1e-300)]
    public void Scores_are_finite_however_small_the_noise_scale_is(double scale)
    {
        var layout = new FeatureLayoutBuilder().Numeric("x", 2).Binary("b").Build();
        foreach (var likelihood in Enum.GetValues<NumericLikelihoodKind>())
        {
            var options = Options with { NoiseScale = NoiseScaleOptions.Fixed(scale), NumericLikelihood = likelihood };
            var model = new TestModel(RandomProblem.Create(layout, options, 1), standardized: true).Model;
            float[] rows = [float.MaxValue, float.MinValue, 1, 0.3f, float.NaN, float.NaN, 0, 0, 1];
            var scores = new float[3];
            var cells = new float[9];
            var likelihoods = new double[3];
            model.Score(rows, scores);
            model.CellScores(rows, cells);
            model.LogLikelihood(rows, likelihoods, 3, new Random(1));
            scores.Should().OnlyContain(score => float.IsFinite(score), likelihood.ToString());
            cells.Should().OnlyContain(score => float.IsFinite(score), likelihood.ToString());
            likelihoods.Should().OnlyContain(value => double.IsFinite(value), likelihood.ToString());
            scores[0].Should().BeGreaterThanOrEqualTo(scores[1]);
        }
    }

    [Fact]
    public void A_model_of_a_tiny_noise_scale_scores_the_largest_float()
    {
        var model = SmallModels.Train(Options with { NoiseScale = NoiseScaleOptions.Fixed(1e-14) });
        var scores = new float[1];
        model.Score([float.MaxValue, 50, 1, 0, 1, 0, 1], scores);
        scores[0].Should().BeInRange(1e30f, float.MaxValue);
    }

    [Fact]
    public void A_batch_may_be_larger_than_the_table()
    {
        var model = SmallModels.Train(Options with { BatchSize = 1 << 20 });
        SmallModels.Scores(model).Should().OnlyContain(score => float.IsFinite(score));
    }

    [Fact]
    public void Duplicates_of_one_row_are_learned_by_heart()
    {
        float[] row = [3, 1, 0, 1, 0];
        var layout = new FeatureLayoutBuilder().Numeric("x").Binary("b").OneHot("c", 3).Build();
        var rows = Enumerable.Repeat(row, 30).SelectMany(values => values).ToArray();
        var model = new ManagedTrainer().Train(new MatrixRows(layout, rows), Options with { Epochs = 200 });
        var reconstruction = new float[5];
        model.Reconstruct(row, reconstruction);
        reconstruction[0].Should().BeApproximately(3, 0.1f);
        reconstruction[1..].Select(value => MathF.Round(value)).Should().Equal(row[1..]);
    }

    [Fact]
    public void A_thousand_categories_are_trained_on_and_an_unseen_one_is_scored()
    {
        var layout = new FeatureLayoutBuilder().OneHot("c", 1000).Numeric("x").Build();
        var rows = new float[1001 * 60];
        for (int row = 0; row < 60; row++)
        {
            rows[1001 * row + row] = 1;
            rows[1001 * row + 1000] = row;
        }

        var model = new ManagedTrainer().Train(new MatrixRows(layout, rows), Options with { Epochs = 5 });
        var unseen = new float[1001 * 2];
        unseen[999] = 1;
        var scores = new float[2];
        model.Score(unseen, scores);
        scores.Should().OnlyContain(score => float.IsFinite(score));
        scores[1].Should().BeLessThan(scores[0], "a category that no row had is more unusual than a missing one");
    }

    [Theory]
    [InlineData(float.PositiveInfinity, 0, "*slot 'height'*row 1*infinite*")]
    [InlineData(float.NegativeInfinity, 6, "*slot 'price'*row 1*infinite*")]
    [InlineData(0.5f, 2, "*slot 'sold'*row 1*neither 0 nor 1*")]
    [InlineData(float.PositiveInfinity, 2, "*slot 'sold'*row 1*")]
    [InlineData(-1f, 4, "*slot 'green'*row 1*neither 0 nor 1*")]
    public void A_value_that_cannot_be_is_refused_by_slot_and_row_in_training_and_in_scoring(float value, int slot, string message)
    {
        float[] rows = SmallModels.Rows(10);
        rows[SmallModels.Layout.RowWidth + slot] = value;
        var train = () => new ManagedTrainer().Train(new MatrixRows(SmallModels.Layout, rows), Options);
        train.Should().Throw<ArgumentException>().WithMessage(message);
        var model = SmallModels.Train(Options);
        var score = () => model.Score(rows, new float[10]);
        score.Should().Throw<ArgumentException>().WithMessage(message);
    }

    [Theory]
    [InlineData(0, "*no rows*")]
    [InlineData(1, "*one row*")]
    public void A_table_that_is_too_short_is_refused(int count, string message)
    {
        var train = () => new ManagedTrainer().Train(new MatrixRows(SmallModels.Layout, SmallModels.Rows(count)), Options);
        train.Should().Throw<ArgumentException>().WithMessage(message);
    }

    [Fact]
    public void A_network_that_is_larger_than_memory_can_be_is_refused()
    {
        var train = () => SmallModels.Train(Options with { HiddenLayers = [65536, 65536] });
        train.Should().Throw<ArgumentException>().WithMessage("*HiddenLayers*");
    }
}
