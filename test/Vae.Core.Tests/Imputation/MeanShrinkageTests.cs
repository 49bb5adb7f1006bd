using FluentAssertions;
using Vae.Data;
using Vae.Imputation;
using Vae.Options;
using Vae.Training.Managed;
using Xunit;

namespace Vae.Core.Tests.Imputation;

public sealed class MeanShrinkageTests
{
    /// <summary>x, −x with a little noise, and four columns that have nothing to do with anything.</summary>
    private const int Slots = 6;

    private static readonly ImputationOptions Options = new()
    {
        Model = new VaeOptions
        {
            LatentDimension = 4,
            HiddenLayers = [64],
            InputNoise = 0,
            Epochs = 200,
            EarlyStoppingPatience = 200,
            ValidationFraction = 0.5,
            Regularizer = RegularizerOptions.KullbackLeibler(beta: 0.3),
        },
        ModelCount = 2,
        Samples = 50,
    };

    private static readonly Lazy<VaeImputer> Trained = new(
        () => VaeImputer.Train(new ManagedTrainer(), new MatrixRows(FeatureLayout.Numeric(Slots), Rows(200, seed: 1)), Options));

    [Fact]
    public void What_nothing_tells_of_is_believed_less_than_what_another_column_tells()
    {
        var shrinkage = Trained.Value.Shrinkage!;
        shrinkage.Slopes[..2].Should().OnlyContain(slope => slope > 0.9);
        shrinkage.Slopes[2..].Average().Should().BeLessThan(0.6);
        Array.TrueForAll(shrinkage.Centres, centre => Math.Abs(centre - 5) < 0.5).Should().BeTrue("5 is every column's mean");
    }

    [Fact]
    public void Rows_that_training_never_saw_are_filled_with_less_error()
    {
        float[] truth = Rows(500, seed: 2);
        Error(Trained.Value).Should().BeLessThan(Error(new VaeImputer([.. Trained.Value.Parts], Options)) - 0.01);

        double Error(VaeImputer imputer)
        {
            float[] gaps = [.. truth.Select((value, i) => i % Slots == 4 ? float.NaN : value)];
            float[] filled = new float[gaps.Length];
            imputer.Impute(gaps, filled);
            return truth.Zip(filled, (right, value) => Math.Pow(right - value, 2)).Sum() / 500;
        }
    }

    [Fact]
    public void A_mean_moves_to_the_centre_and_a_draw_does_not()
    {
        var parts = Trained.Value.Parts.ToArray();
        var shrunk = new VaeImputer(parts, Options, MeanShrinkage.Create([1, 0.25, 0, 1, 1, 1], [0, 5, 7, 0, 0, 0]));
        var plain = new VaeImputer(parts, Options);
        float[] gaps = [6, float.NaN, float.NaN, 5, float.NaN, 5];
        float[] moved = new float[Slots], before = new float[Slots];
        shrunk.Impute(gaps, moved);
        plain.Impute(gaps, before);

        moved[1].Should().BeApproximately(5 + 0.25f * (before[1] - 5), 1e-5f);
        moved[2].Should().Be(7);
        moved[4].Should().Be(before[4]);
        shrunk.Draw(gaps, 0, moved);
        plain.Draw(gaps, 0, before);
        moved.Should().Equal(before);
    }

    [Fact]
    public void Without_held_out_rows_nothing_is_shrunk() => VaeImputer.Train(
        new ManagedTrainer(), new MatrixRows(FeatureLayout.Numeric(Slots), Rows(50, seed: 3)),
        Options with { Model = Options.Model with { ValidationFraction = 0, Epochs = 2 } }).Shrinkage.Should().BeNull();

    private static float[] Rows(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).SelectMany(_ => Row())];

        float[] Row()
        {
            float x = Normal();
            return [5 + x, 5 - x + 0.2f * Normal(), 5 + Normal(), 5 + Normal(), 5 + Normal(), 5 + Normal()];
        }

        float Normal() => (float)MathNet.Numerics.Distributions.Normal.Sample(random, 0, 1);
    }
}
