using FluentAssertions;
using Vae.Data;
using Vae.History;
using Vae.Options;
using Vae.Training;
using Xunit;

namespace Vae.Tests.Training;

public sealed class ExplodingLossCheckTests
{
    /// <summary>Two numeric slots and four others.</summary>
    private static readonly FeatureLayout Layout = new FeatureLayoutBuilder().Numeric("size", 2).Binary("sold").OneHot("colour", 3).Build();

    private static readonly VaeOptions Options = new() { LatentDimension = 2 };

    private const long ManyRows = 10_000;

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void A_loss_that_is_no_number_has_diverged(double loss) => Find(Options, loss).Should().Be("the loss became infinite or NaN");

    [Fact]
    public void A_loss_far_above_that_of_a_model_that_knows_nothing_has_diverged()
    {
        // 2 · (1 + ½) for the numeric slots, 4 for the others, 2 for the latent dimensions.
        Find(Options, 899).Should().BeNull();
        Find(Options, 901).Should().Be("the loss rose to 901, over 100 times that of a model that has learned nothing");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1e6)]
    public void A_loss_that_is_low_has_not(double loss) => Find(Options, loss).Should().BeNull();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(200)]
    public void Every_epoch_of_a_large_table_is_judged_alike(int epoch)
    {
        Find(Options, 899, epoch: epoch).Should().BeNull();
        Find(Options, 901, epoch: epoch).Should().NotBeNull();
    }

    [Theory]
    [InlineData(4, 22_026)]
    [InlineData(400, 220)]
    [InlineData(100_000_000, 100)]
    public void In_the_first_epoch_of_a_small_table_some_rows_with_the_largest_variance_are_no_divergence(long rows, int factor)
    {
        Find(Options, 9 * factor - 1, epoch: 1, rows: rows).Should().BeNull();
        Find(Options, 9 * factor + 9, epoch: 1, rows: rows).Should().Contain($"over {factor} times");
        Find(Options, 901, epoch: 2, rows: rows).Should().NotBeNull();
    }

    [Fact]
    public void A_loss_that_is_no_higher_than_at_first_has_not_diverged()
    {
        var check = Check(Layout, Options, rows: 10);
        var first = Epoch(5000, 1) with { Epoch = 1 };
        check.Find(first, null).Should().BeNull();
        check.Find(Epoch(6000, 1), first).Should().BeNull();
        check.Find(Epoch(500_001, 1), first).Should().NotBeNull();
    }

    [Fact]
    public void A_small_noise_scale_allows_more_and_a_large_one_no_less()
    {
        // 2 · (1 + 50) + 6.
        Find(Options, 10_799, noiseScale: 0.1).Should().BeNull();
        Find(Options, 10_801, noiseScale: 0.1).Should().NotBeNull();
        Find(Options, 899, noiseScale: 1000).Should().BeNull();
        Find(Options, 901, noiseScale: 1000).Should().NotBeNull();
    }

    [Fact]
    public void A_fixed_noise_scale_counts_as_it_was_given()
    {
        // 2 · (1 + 0.005) + 6.
        var options = Options with { NoiseScale = NoiseScaleOptions.Fixed(10) };
        Find(options, 800, noiseScale: 0.1).Should().BeNull();
        Find(options, 802, noiseScale: 0.1).Should().NotBeNull();
    }

    [Fact]
    public void Outliers_that_the_standardization_leaves_far_out_are_no_divergence()
    {
        // 2 + ½ · 2000 + 6, and ½ · 1998 for posteriors as far out.
        Find(Options, 200_699, numericSquares: 2000).Should().BeNull();
        Find(Options, 200_701, numericSquares: 2000).Should().NotBeNull();
    }

    [Fact]
    public void Without_numeric_slots_there_is_no_noise_scale()
    {
        var check = Check(new FeatureLayoutBuilder().Binary("sold").Build(), Options, ManyRows, numericSquares: 0);
        check.Find(Epoch(299, double.NaN), null).Should().BeNull();
        check.Find(Epoch(301, double.NaN), null).Should().NotBeNull();
    }

    [Fact]
    public void Weights_of_the_terms_count()
    {
        Find(Options with { ReconstructionWeight = 10 }, 100 * (70 + 2) - 1).Should().BeNull();
        Find(Options with { ReconstructionWeight = 10 }, 100 * (70 + 2) + 1).Should().NotBeNull();
        Find(Options with { Regularizer = RegularizerOptions.KullbackLeibler(50) }, 100 * (7 + 100) - 1).Should().BeNull();
        Find(Options with { Regularizer = RegularizerOptions.KullbackLeibler(50) }, 100 * (7 + 100) + 1).Should().NotBeNull();
        Find(Options with { Regularizer = RegularizerOptions.KullbackLeibler(0) }, 899).Should().BeNull();
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void A_posterior_that_is_the_prior_has_not_diverged_however_much_the_regularizer_asks_of_it(
        string what, RegularizerOptions regularizer, double atPrior)
    {
        var options = Options with { Regularizer = regularizer };
        Find(options, 7 + atPrior).Should().BeNull(what);
        Find(options, 100 * (7 + 200 + atPrior) + 1).Should().NotBeNull(what);
    }

    public static TheoryData<string, RegularizerOptions, double> Targets() => new()
    {
        { "a capacity", new KullbackLeiblerOptions { Beta = 100, Capacity = 1000 }, 100 * 1000 },
        { "free bits", new KullbackLeiblerOptions { Beta = 100, FreeBits = 1000 }, 100 * 2 * 1000 },
    };

    [Fact]
    public void The_loss_of_held_out_rows_is_judged_by_their_own_outliers()
    {
        var first = Epoch(5, 1) with { Epoch = 1, ValidationLoss = 5 };
        string? Find(double loss, long rows = 100, double squares = 2) =>
            Check(Layout, Options, ManyRows, heldOutRows: rows, heldOutSquares: squares)
                .Find(Epoch(5, 1) with { ValidationLoss = loss }, first);

        Find(899).Should().BeNull();
        Find(901).Should().Be("the loss of the held-out rows rose to 901, over 100 times that of a model that has learned nothing");
        Find(200_699, squares: 2000).Should().BeNull();
        Find(200_701, squares: 2000).Should().NotBeNull();
        Find(double.NaN).Should().Be("the loss of the held-out rows became infinite or NaN");
        Find(double.NaN, rows: 0).Should().BeNull("there are none");
    }

    private static string? Find(
        VaeOptions options, double loss, double noiseScale = 1, int epoch = 3, long rows = ManyRows, double numericSquares = 2)
    {
        var first = epoch == 1 ? null : Epoch(5, 1) with { Epoch = 1 };
        return Check(Layout, options, rows, numericSquares).Find(Epoch(loss, noiseScale) with { Epoch = epoch }, first);
    }

    private static ExplodingLossCheck Check(
        FeatureLayout layout, VaeOptions options, long rows, double numericSquares = 2, long heldOutRows = 0, double heldOutSquares = 2) =>
        new(layout, options, new JudgedRows(rows, () => numericSquares), new JudgedRows(heldOutRows, () => heldOutSquares));

    private static EpochMetrics Epoch(double loss, double noiseScale) => new()
    {
        Epoch = 3,
        Epochs = 200,
        Loss = loss,
        LossAtFullWeight = loss,
        Reconstruction = 1,
        KullbackLeibler = 1,
        RegularizerFactor = 1,
        NoiseScale = noiseScale,
        LearningRate = 0.002,
        ValidationLoss = double.NaN,
        ValidationReconstruction = double.NaN,
        ValidationKullbackLeibler = double.NaN,
    };
}
