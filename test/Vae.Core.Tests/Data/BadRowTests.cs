using FluentAssertions;
using Vae.Data;
using Vae.Options;
using Vae.Tests.Inference;
using Vae.Tests.Reference;
using Vae.Training.Managed;
using Xunit;

namespace Vae.Tests.Data;

/// <summary>Rows that no VAE can take are refused when it is trained and when it is used, with the slot and the row.</summary>
public class BadRowTests
{
    private static readonly VaeOptions Small = new() { LatentDimension = 2, HiddenLayers = [4], Epochs = 1 };

    [Theory]
    [InlineData(1, float.PositiveInfinity, "*size1*size*row 5*infinite*")]
    [InlineData(9, float.NegativeInfinity, "*price*row 5*infinite*")]
    [InlineData(7, 0.5f, "*0.5*inside*wet*row 5*neither 0 nor 1*")]
    [InlineData(8, -1, "*-1*outside*wet*row 5*neither 0 nor 1*")]
    [InlineData(4, 2, "*green*colour*row 5*neither 0 nor 1*")]
    [InlineData(15, float.PositiveInfinity, "*old*row 5*neither 0 nor 1*")]
    public void A_value_that_a_slot_cannot_have(int slot, float value, string message)
    {
        float[] values = TestTables.MixedValues(8, missing: 0);
        values[(5 * TestLayouts.Mixed.RowWidth) + slot] = value;
        RefusedInTrainingAndUse(values, message);
    }

    [Fact]
    public void Two_ones_in_a_one_hot_group()
    {
        float[] values = TestTables.MixedValues(8, missing: 0);
        values.AsSpan((2 * TestLayouts.Mixed.RowWidth) + 3, 4).Fill(1);
        RefusedInTrainingAndUse(values, "*colour*4 ones*row 2*");
    }

    [Fact]
    public void Conditions_are_checked_too()
    {
        var test = new TestModel(RandomProblem.Create(TestLayouts.Conditional, Small, 3));
        float[] rows = [.. test.Rows];
        rows[8] = float.PositiveInfinity;
        var encoding = () => test.Model.Encode(rows, new float[6]);
        encoding.Should().Throw<ArgumentException>().WithMessage("*age*row 0*infinite*");
        var decoding = () => test.Model.Decode(new float[4], new float[16], [1, 0, 1, 0, 0, 1, 7, 1, 0, 0]);
        decoding.Should().Throw<ArgumentException>().WithMessage("*member*row 1*neither 0 nor 1*");
        var sampling = () => test.Model.Sample(new float[8], new Random(1), [1, 0, 1, 1, 0]);
        sampling.Should().Throw<ArgumentException>().WithMessage("*region*2 ones*row 0*");
    }

    [Theory]
    [InlineData(0, "*no rows*")]
    [InlineData(1, "*one row*")]
    public void A_table_that_is_too_small(int rows, string message)
    {
        var training = () => new ManagedTrainer().Train(TestTables.Mixed(rows), Small);
        training.Should().Throw<ArgumentException>().WithMessage(message);
    }

    [Fact]
    public void A_table_without_any_value()
    {
        float[] values = [.. Enumerable.Repeat(float.NaN, 6)];
        var training = () => new ManagedTrainer().Train(new MatrixRows(FeatureLayout.Numeric(2), values), Small);
        training.Should().Throw<ArgumentException>().WithMessage("*missing*");
    }

    [Theory]
    [InlineData(-1, "*-1*row 3*")]
    [InlineData(float.NaN, "*NaN*row 3*")]
    [InlineData(float.PositiveInfinity, "*Infinity*row 3*")]
    public void A_weight_that_is_none(float weight, string message)
    {
        var rows = new MatrixRows(FeatureLayout.Numeric(1), new float[] { 1, 2, 3, 4, 5 }, new[] { 1, 1, 1, weight, 1 });
        var training = () => new ManagedTrainer().Train(rows, Small);
        training.Should().Throw<ArgumentException>().WithMessage(message);
    }

    [Fact]
    public void Weights_that_are_all_zero()
    {
        var rows = new MatrixRows(FeatureLayout.Numeric(1), new float[] { 1, 2, 3 }, new float[3]);
        var training = () => new ManagedTrainer().Train(rows, Small);
        training.Should().Throw<ArgumentException>().WithMessage("*weights*0*");
    }

    [Fact]
    public void Rows_and_results_of_the_wrong_length()
    {
        var rows = () => new MatrixRows(FeatureLayout.Numeric(3), new float[7]);
        rows.Should().Throw<ArgumentException>().WithMessage("*7*3*");
        var weights = () => new MatrixRows(FeatureLayout.Numeric(3), new float[6], new float[3]);
        weights.Should().Throw<ArgumentException>().WithMessage("*3 weights*2 rows*");

        var model = new TestModel(RandomProblem.Create(TestLayouts.Numeric, Small, 2)).Model;
        Refused(() => model.Encode(new float[7], new float[2]), "*7*5*");
        Refused(() => model.Encode(new float[10], new float[3]), "*3*4*");
        Refused(() => model.Encode(new float[10], new float[4], new float[5]), "*5*4*");
        Refused(() => model.Score(new float[10], new float[1]), "*1*2*");
        Refused(() => model.CellScores(new float[10], new float[2]), "*2*10*");
        Refused(() => model.Reconstruct(new float[10], new float[2]), "*2*10*");
        Refused(() => model.Decode(new float[3], new float[10]), "*3*2*");
        Refused(() => model.Decode(new float[4], new float[9]), "*9*10*");
        Refused(() => model.Decode(new float[4], new float[10], new float[1]), "*1*0*");
        Refused(() => model.Sample(new float[7], new Random(1)), "*7*5*");
        Refused(() => model.LogLikelihood(new float[10], new double[3], 5, new Random(1)), "*3*2*");
        Refused(() => model.LogLikelihood(new float[10], new double[2], 0, new Random(1)), "*samples*");
    }

    private static void Refused(Action action, string message) => action.Should().Throw<ArgumentException>().WithMessage(message);

    private static void RefusedInTrainingAndUse(float[] values, string message)
    {
        var training = () => new ManagedTrainer().Train(new MatrixRows(TestLayouts.Mixed, values), Small);
        training.Should().Throw<ArgumentException>().WithMessage(message);
        var model = new TestModel(RandomProblem.Create(TestLayouts.Mixed, Small, 2)).Model;
        var scoring = () => model.Score(values, new float[8]);
        scoring.Should().Throw<ArgumentException>().WithMessage(message);
        var estimating = () => model.LogLikelihood(values, new double[8], 1, new Random(1));
        estimating.Should().Throw<ArgumentException>().WithMessage(message);
    }
}
