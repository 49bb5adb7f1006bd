using System.Text.Json.Nodes;
using FluentAssertions;
using Vae.Data;
using Vae.Options;
using Vae.Synthesis;
using Vae.Tests.Inference;
using Vae.Tests.Persistence;
using Vae.Tests.Reference;
using Vae.Training;
using Vae.Training.Managed;
using Xunit;

namespace Vae.Tests.Synthesis;

public sealed class SynthesisTests
{
    private const int Rows = 1_500;

    private static readonly FeatureLayout Layout = new FeatureLayoutBuilder()
        .Numeric("Table", ["Table.age", "Table.price"])
        .OneHot("Table.colour", "Table.colour.red", "Table.colour.blue")
        .Binary("sold")
        .Build();

    private static readonly float[] Real = MakeRows();
    private static readonly Lazy<VaeModel> Trained = new(() => Train(VaeOptions.ForSynthesis with { MixtureComponents = 4 }));

    [Fact]
    public void A_row_depends_on_the_seed_and_its_number_alone()
    {
        var synthesizer = Trained.Value.Synthesize(new SynthesisOptions { Seed = 5 });
        float[] all = Draw(synthesizer, 0, 200);
        Draw(synthesizer, 77, 100).Should().Equal(all[(77 * 5)..(177 * 5)]);
        Draw(Trained.Value.Synthesize(new SynthesisOptions { Seed = 5 }), 199, 1).Should().Equal(all[(199 * 5)..]);
        Draw(Trained.Value.Synthesize(new SynthesisOptions { Seed = 6 }), 0, 200).Should().NotEqual(all);
    }

    [Fact]
    public void Numbers_keep_their_grid_and_their_range_and_one_category_is_chosen()
    {
        float[] rows = Draw(Trained.Value.Synthesize(), 0, 3_000);
        float[] ages = Column(rows, 0);
        float[] prices = Column(rows, 1);
        ages.Should().OnlyContain(age => age == MathF.Round(age) && age >= Column(Real, 0).Min() && age <= Column(Real, 0).Max());
        prices.Should().OnlyContain(price => price == (float)Math.Round((double)price, 2));
        prices.Min().Should().BeGreaterThanOrEqualTo(Column(Real, 1).Min());
        prices.Max().Should().BeLessThanOrEqualTo(Column(Real, 1).Max());
        for (int row = 0; row < 3_000; row++)
        {
            (rows[5 * row + 2] + rows[5 * row + 3]).Should().Be(1);
            rows[5 * row + 4].Should().BeOneOf(0, 1);
        }
    }

    [Fact]
    public void Matched_marginals_are_the_tables_and_the_dependence_stays()
    {
        var model = Train(VaeOptions.ForSynthesis with { MixtureComponents = 4, Epochs = 3 });
        float[] matched = Draw(model.Synthesize(), 0, 5_000);
        float[] plain = Draw(model.Synthesize(new SynthesisOptions { MatchMarginals = false }), 0, 5_000);
        Distance(matched, 0).Should().BeLessThan(0.05);
        Distance(matched, 1).Should().BeLessThan(0.05);
        (Distance(plain, 0) + Distance(plain, 1)).Should().BeGreaterThan(1.5 * (Distance(matched, 0) + Distance(matched, 1)));

        // A monotone map leaves the order of any two rows, or makes them equal.
        for (int row = 1; row < 5_000; row++)
        {
            for (int slot = 0; slot < 2; slot++)
            {
                int before = plain[5 * row + slot].CompareTo(plain[5 * row - 5 + slot]);
                int after = matched[5 * row + slot].CompareTo(matched[5 * row - 5 + slot]);
                (before * after).Should().BeGreaterThanOrEqualTo(0);
            }
        }
    }

    [Fact]
    public void Given_values_are_in_every_row_and_move_the_others()
    {
        var where = new Dictionary<string, object> { ["colour"] = "red", ["sold"] = true };
        var synthesizer = Trained.Value.Synthesize(new SynthesisOptions { Where = where });
        float[] rows = Draw(synthesizer, 0, 1_000);
        synthesizer.EffectiveDraws.Should().BeGreaterThan(100);
        Column(rows, 2).Should().OnlyContain(red => red == 1);
        Column(rows, 3).Should().OnlyContain(blue => blue == 0);
        Column(rows, 4).Should().OnlyContain(sold => sold == 1);

        // Red rows are young in the table: 20 to 44 years, 32 on average, where all rows have 45 and blue ones 57.
        Column(rows, 0).Average().Should().BeLessThan(40);
    }

    [Fact]
    public void A_given_number_moves_what_depends_on_it()
    {
        foreach (int age in new[] { 25, 45, 65 })
        {
            var synthesizer = Trained.Value.Synthesize(new SynthesisOptions { Where = new Dictionary<string, object> { ["age"] = age } });
            float[] rows = Draw(synthesizer, 0, 1_000);
            Column(rows, 0).Should().OnlyContain(value => value == age);

            // log price = 1 + 3 (age − 20) / 50 + 0.15 on average.
            double expected = 1.15 + 3 * (age - 20) / 50.0;
            Column(rows, 1).Average(price => Math.Log(price)).Should().BeApproximately(expected, 0.3);
        }
    }

    [Fact]
    public void A_match_goes_both_ways()
    {
        var random = new Random(1);
        var match = new MarginalMatch([.. Enumerable.Range(0, 10_000).Select(_ => (float)(3 + 2 * random.NextDouble()))]);
        match.Apply(4).Should().BeApproximately(0, 0.05f, "the median of the draws is the median of N(0, 1)");
        foreach (float score in new float[] { 2.5f, 3.1f, 4, 4.9f, 6 })
            match.Undo(match.Apply(score)).Should().BeApproximately(score, 1e-4);
    }

    [Fact]
    public void Importance_resampling_draws_from_the_conditional_of_a_linear_model()
    {
        var options = new VaeOptions { LatentDimension = 2, HiddenLayers = [], NoiseScale = NoiseScaleOptions.Fixed(0.5) };
        var test = new TestModel(RandomProblem.Create(TestLayouts.Numeric, options, 1), standardized: true);
        double[] weights = test.Problem.Tensors["decoder.output.weight"];
        double[] mean = test.Problem.Tensors["decoder.output.bias"];
        const float given = 1;
        const int count = 20_000;
        var synthesizer = test.Model.Synthesize(new SynthesisOptions { Where = new Dictionary<string, object> { ["x0"] = given } });
        float[] rows = Draw(synthesizer, 0, count);
        for (int slot = 1; slot < 5; slot++)
        {
            double covariance = Covariance(slot, 0);
            double expected = mean[slot] + covariance / Covariance(0, 0) * (given - mean[0]);
            double variance = Covariance(slot, slot) - covariance * covariance / Covariance(0, 0);
            double[] drawn = [.. Enumerable.Range(0, count).Select(row => (double)rows[5 * row + slot])];
            double error = 4 * Math.Sqrt(variance / Math.Min(count, synthesizer.EffectiveDraws));
            drawn.Average().Should().BeApproximately(expected, error);
            drawn.Average(x => (x - expected) * (x - expected)).Should().BeApproximately(variance, 0.1 * variance);
        }

        double Covariance(int i, int j) => weights[i] * weights[j] + weights[5 + i] * weights[5 + j] + (i == j ? 0.25 : 0);
    }

    [Theory]
    [InlineData("weight", 1, "*no column 'weight'*'Table.age'*'sold'*")]
    [InlineData("colour", "green", "*'Table.colour' has no category 'green', only 'red', 'blue'*")]
    [InlineData("age", "old", "*'Table.age' is a number, and 'old' is none*")]
    [InlineData("age", 200, "*'Table.age' cannot be 200: the training rows have 20 to 70 in whole numbers*")]
    [InlineData("age", 30.5, "*cannot be 30.5*whole numbers*")]
    [InlineData("sold", 2, "*'sold' is a yes/no, and '2' is neither*")]
    public void What_cannot_be_given_is_refused_by_name(string name, object value, string message)
    {
        var synthesize = () => Trained.Value.Synthesize(
            new SynthesisOptions { Where = new Dictionary<string, object> { [name] = value } });
        synthesize.Should().Throw<ArgumentException>().WithMessage(message);
    }

    [Fact]
    public void A_conditional_model_must_be_given_its_conditions_and_rows_carry_them()
    {
        var options = new VaeOptions { LatentDimension = 2, HiddenLayers = [4] };
        var model = new TestModel(RandomProblem.Create(TestLayouts.Conditional, options, 1)).Model;
        var some = new Dictionary<string, object> { ["age"] = 20, ["member"] = true };
        var without = () => model.Synthesize(new SynthesisOptions { Where = some });
        without.Should().Throw<ArgumentException>().WithMessage("*conditioned on 'region'*");
        var where = new Dictionary<string, object>
        {
            ["age"] = 20,
            ["member"] = true,
            ["region"] = Feature.Of(model.Layout.Conditions[^1]).Single().Categories[1],
        };
        float[] rows = Draw(model.Synthesize(new SynthesisOptions { Where = where }), 0, 3);
        rows[8..13].Should().Equal(20, 1, 0, 1, 0);
        rows[(2 * 13 + 8)..].Should().Equal(20, 1, 0, 1, 0);
    }

    [Fact]
    public void A_file_keeps_ranges_mixture_and_noise()
    {
        using var stream = new MemoryStream();
        Trained.Value.Save(stream);
        stream.Position = 0;
        var loaded = VaeModel.Load(stream);
        loaded.Parts.Mixture!.Weights.Should().Equal(Trained.Value.Parts.Mixture!.Weights);
        loaded.Parts.DependentNoise!.Factor.Should().Equal(Trained.Value.Parts.DependentNoise!.Factor);
        loaded.Standardization.Ranges.Should().Equal(Trained.Value.Standardization.Ranges);
        Draw(loaded.Synthesize(), 0, 50).Should().Equal(Draw(Trained.Value.Synthesize(), 0, 50));
    }

    [Theory]
    [MemberData(nameof(Headers))]
    public void A_file_with_ranges_a_mixture_or_noise_that_cannot_be_is_refused(string what, Action<JsonObject> change)
    {
        var load = () => VaeModel.Load(new MemoryStream(Forgery.WithHeader(SmallModels.Bytes(Trained.Value), change)));
        load.Should().Throw<InvalidDataException>(what).WithMessage("*model file is corrupt*");
    }

    public static TheoryData<string, Action<JsonObject>> Headers() => new()
    {
        { "a range less", header => header["slotDecimals"]!.AsArray().RemoveAt(0) },
        { "decimals beyond a float", header => header["slotDecimals"]![0] = 7 },
        { "no range where there is one", header => header["slotDecimals"]![0] = -2 },
        { "no mixture where there is one", header => header.Remove("mixture") },
        { "no noise where there is one", header => header.Remove("dependentSlots") },
        { "noise of other slots", header => header["dependentSlots"] = 4 },
        { "noise of no slots", header => header["dependentSlots"] = 0 },
        { "noise of slots by the billion", header => header["dependentSlots"] = int.MaxValue },
        { "no components", header => header["mixture"]!["components"] = 0 },
        { "components by the billion", header => header["mixture"]!["components"] = int.MaxValue },
        { "other dimensions", header => header["mixture"] = new JsonObject { ["components"] = 1, ["dimension"] = 3 } },
        { "more dimensions than there can be", header => header["mixture"]!["dimension"] = 65 },
    };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Models_of_older_versions_draw_without_ranges_and_mixture(int version)
    {
        var model = VaeModel.Load(Path.Combine(AppContext.BaseDirectory, "Trust", "Compatibility", $"model-{version}.vae"));
        var synthesizer = model.Synthesize();
        Draw(synthesizer, 0, 20).Should().OnlyContain(value => float.IsFinite(value));
        var mixture = () => model.Synthesize(new SynthesisOptions { Latents = LatentSource.Mixture });
        mixture.Should().Throw<ArgumentException>().WithMessage("*no mixture*MixtureComponents*");
    }

    [Theory]
    [InlineData(7, 0)]
    [InlineData(-7.25f, 2)]
    [InlineData(0.1f, 1)]
    [InlineData(1234.56f, 2)]
    [InlineData(1e30f, 0)]
    public void A_value_has_the_decimals_that_it_is_written_with(float value, int decimals)
    {
        SlotRange.DecimalsOf(value, 0).Should().Be(decimals);
        new SlotRange(value, value, SlotRange.DecimalsOf(value, 0)).Nearest(value).Should().Be(value);
    }

    [Fact]
    public void A_value_of_many_decimals_is_on_no_grid() =>
        SlotRange.DecimalsOf(MathF.PI / 1000, 0).Should().Be(SlotRange.NoGrid);

    private static float[] MakeRows()
    {
        var random = new Random(1);
        var rows = new float[Rows * 5];
        for (int row = 0; row < Rows; row++)
        {
            double level = random.NextDouble();
            rows[5 * row] = (float)Math.Round(20 + 50 * level);
            rows[5 * row + 1] = (float)Math.Round(Math.Exp(1 + 3 * level + 0.3 * random.NextDouble()), 2);
            rows[5 * row + (level < 0.5 ? 2 : 3)] = 1;
            rows[5 * row + 4] = random.NextDouble() < 0.3 + 0.4 * level ? 1 : 0;
        }

        return rows;
    }

    private static VaeModel Train(VaeOptions options) => new ManagedTrainer().Train(
        new MatrixRows(Layout, Real),
        options with { LatentDimension = 2, HiddenLayers = [32, 16], Epochs = Math.Min(options.Epochs, 40), Seed = 1 },
        new TrainingContext { ThreadCount = 1 });

    private static float[] Draw(RowSynthesizer synthesizer, long first, int count)
    {
        var rows = new float[count * synthesizer.Layout.RowWidth];
        synthesizer.Draw(first, rows);
        return rows;
    }

    private static float[] Column(float[] rows, int slot) => [.. Enumerable.Range(0, rows.Length / 5).Select(row => rows[5 * row + slot])];

    /// <summary>The largest difference between the distribution functions of drawn and real numbers.</summary>
    private static double Distance(float[] rows, int slot)
    {
        float[] real = Column(Real, slot);
        float[] drawn = Column(rows, slot);
        return real.Max(x => Math.Abs(
            (double)real.Count(value => value <= x) / real.Length - (double)drawn.Count(value => value <= x) / drawn.Length));
    }
}
