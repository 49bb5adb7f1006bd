using FluentAssertions;
using Vae.Data;
using Vae.Diagnostics;
using Vae.Monitoring;
using Vae.Options;
using Vae.Tests.Persistence;
using Vae.Training.Managed;
using Xunit;

namespace Vae.Tests.Monitoring;

/// <summary>Later rows against what a model keeps of those that it was trained on.</summary>
public sealed class ProfileDriftTests
{
    private static readonly FeatureLayout Layout = TestLayouts.Mixed;
    private static readonly VaeOptions Options = new() { LatentDimension = 2, HiddenLayers = [16, 8], Epochs = 20 };

    private static readonly Lazy<VaeModel> Model = new(() => new ManagedTrainer().Train(TestTables.Mixed(400), Options));

    [Fact]
    public void Rows_like_those_of_the_training_have_small_p_values_as_rarely_as_they_should()
    {
        var p = new Dictionary<DriftKind, List<double>>();
        int drifts = 0;
        for (int seed = 0; seed < 40; seed++)
        {
            // 20 held-out rows or 100: the score is that of held-out rows in either case.
            int rows = seed % 2 == 0 ? 200 : 1_000;
            var model = new ManagedTrainer().Train(TestTables.Mixed(rows, seed), Options with { Seed = seed });
            var report = VaeDrift.Compare(model, TestTables.Mixed(300, 1_000 + seed));
            if (report.Drifted(0.05).Count > 0) drifts++;
            foreach (var test in report.Tests)
                (p.TryGetValue(test.Kind, out var values) ? values : p[test.Kind] = []).Add(test.PValue);
        }

        p.Should().HaveCount(4);
        foreach (var (kind, values) in p)
        {
            foreach (double level in new[] { 0.05, 0.2 })
            {
                double error = Math.Sqrt(level * (1 - level) / values.Count);
                values.Count(value => value <= level).Should().BeLessThanOrEqualTo(
                    (int)Math.Ceiling(values.Count * (level + 3 * error)), $"{kind} at {level}");
            }
        }

        p[DriftKind.Value].Count(value => value <= 0.2).Should().BeGreaterThan(p[DriftKind.Value].Count / 8, "the tests are not idle");
        drifts.Should().BeLessThanOrEqualTo(6, "it is one in twenty on average, or less");
    }

    [Fact]
    public void The_same_is_compared_as_with_rows_that_are_given()
    {
        var rows = TestTables.Mixed(300, seed: 3);
        var report = VaeDrift.Compare(Model.Value, rows);
        var other = VaeDrift.Compare(Model.Value, TestTables.Mixed(400), rows);

        report.ReferenceRows.Should().Be(400);
        report.Rows.Should().Be(300);
        report.Tests.Select(test => (test.Kind, test.Name)).Should().Equal(other.Tests.Select(test => (test.Kind, test.Name)));
        foreach (var (test, exact) in report.Tests.Zip(other.Tests).Where(pair => pair.First.Kind != DriftKind.Score))
            test.Distance.Should().BeInRange(exact.Distance - 8.0 / 380, exact.Distance + 1e-9, test.Name);
    }

    [Fact]
    public void What_drifts_is_found()
    {
        float[] rows = TestTables.MixedValues(400, seed: 4);
        var random = new Random(6);
        for (int start = 0; start < rows.Length; start += Layout.RowWidth)
        {
            var row = rows.AsSpan(start, Layout.RowWidth);
            row[0] += 1.5f;
            if (row[3] == 1 && random.Next(2) == 0) (row[3], row[6]) = (0, 1);
            if (random.Next(4) == 0) row[9] = float.NaN;
        }

        var drifted = VaeDrift.Compare(Model.Value, new MatrixRows(Layout, rows)).Drifted(0.01).Select(test => (test.Name, test.Kind));
        drifted.Should().Contain([("size0", DriftKind.Value), ("colour", DriftKind.Value), ("price", DriftKind.Missing)])
            .And.Contain(test => test.Kind == DriftKind.Dimension).And.Contain(("score", DriftKind.Score))
            .And.NotContain(("size1", DriftKind.Value)).And.NotContain(("price", DriftKind.Value));
    }

    [Fact]
    public void A_condition_that_drifts_is_found()
    {
        var layout = new FeatureLayoutBuilder().Numeric("x", 2).Conditions().OneHot("site", "a", "b").Numeric("month").Build();
        var model = SmallModels.Load(SmallModels.Bytes(new ManagedTrainer().Train(Rows(1, 0.5, 12), Options)));
        VaeDrift.Compare(model, Rows(2, 0.5, 12)).Drifted(0.01).Should().BeEmpty();
        VaeDrift.Compare(model, Rows(3, 0.9, 6)).Drifted(0.01).Should()
            .Contain(test => test.Name == "site").And.Contain(test => test.Name == "month")
            .And.NotContain(test => test.Name.StartsWith('x'));

        MatrixRows Rows(int seed, double share, int months)
        {
            var random = new Random(seed);
            float[] values =
            [
                .. Enumerable.Range(0, 300).SelectMany(_ =>
                {
                    int site = random.NextDouble() < share ? 0 : 1;
                    return new float[] { random.NextSingle(), random.NextSingle(), 1 - site, site, 1 + random.Next(months) };
                }),
            ];
            return new MatrixRows(layout, values);
        }
    }

    [Fact]
    public void A_model_keeps_its_profile_in_its_file()
    {
        var rows = TestTables.Mixed(300, seed: 5);
        var loaded = SmallModels.Load(SmallModels.Bytes(Model.Value));
        VaeDrift.Compare(loaded, rows).Tests.Should().Equal(VaeDrift.Compare(Model.Value, rows).Tests);
    }

    [Fact]
    public void A_model_without_a_profile_says_what_to_do()
    {
        var compare = () => VaeDrift.Compare(UntrainedModels.Create(Layout, Options), TestTables.Mixed(10));
        compare.Should().Throw<InvalidOperationException>().WithMessage("*kept nothing of the training rows. Train it again, or give*");
    }

    [Fact]
    public void Of_many_rows_evenly_spaced_ones_are_in_the_profile_and_the_scores_are_of_held_out_rows()
    {
        var builder = new RowProfileBuilder(FeatureLayout.Numeric(1), dimensions: 1, rows: 25_000);
        for (int i = 0; i < 25_000; i++)
            builder.Add([i], [-i], i < 20_000 ? 0 : 1, heldOut: i >= 20_000);
        var profile = builder.Build();

        profile.Rows.Should().BeInRange(8_000, RowProfile.MostRows);
        profile.Counts.Should().ContainSingle().Which.Should().Equal(profile.Rows, 0);
        profile.Values[0]!.Cuts.Should().HaveCount(NumberProfile.MostSteps - 1);
        profile.Values[0]!.Cuts[31].Should().BeApproximately(12_500, 400);
        profile.Measured[0].Cuts[31].Should().BeApproximately(-12_500, 400);
        profile.Measured[1].Total.Should().BeInRange(profile.Rows / 5, profile.Rows / 5 + 1, "that many are held out");
        profile.Measured[1].Cuts[^1].Should().Be(1, "all of them have that score");
    }

    [Fact]
    public void A_wide_table_has_fewer_places_for_each_column()
    {
        const int width = 1_000;
        var builder = new RowProfileBuilder(FeatureLayout.Numeric(width), dimensions: 2, rows: 2_000);
        float[] row = new float[width];
        for (int i = 0; i < 2_000; i++)
        {
            Array.Fill(row, i);
            builder.Add(row, [i, i], i, heldOut: false);
        }

        builder.Build().Values.Should().OnlyContain(values => values!.Cuts.Length == 7);
    }
}
