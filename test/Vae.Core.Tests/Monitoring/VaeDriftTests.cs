using System.Diagnostics.Metrics;
using FluentAssertions;
using Vae.Data;
using Vae.Monitoring;
using Vae.Options;
using Vae.Training.Managed;
using Xunit;

namespace Vae.Tests.Monitoring;

public sealed class VaeDriftTests
{
    private static readonly FeatureLayout Layout = TestLayouts.Mixed;

    private static readonly Lazy<VaeModel> Model = new(() => new ManagedTrainer().Train(
        TestTables.Mixed(400), new VaeOptions { LatentDimension = 2, HiddenLayers = [16, 8], Epochs = 20 }));

    private static readonly Lazy<VaeDrift> Drift = new(() => new VaeDrift(Model.Value, TestTables.Mixed(500, seed: 2)));

    [Fact]
    public void Rows_like_those_before_have_not_drifted()
    {
        int drifts = Enumerable.Range(10, 20).Count(seed => Drift.Value.Compare(TestTables.Mixed(300, seed)).Drifted(0.05).Count > 0);
        drifts.Should().BeLessThanOrEqualTo(4, "it is one in twenty on average, or less");
    }

    [Fact]
    public void Every_column_dimension_and_the_score_are_compared()
    {
        var report = Drift.Value.Compare(TestTables.Mixed(300, seed: 3));
        report.ReferenceRows.Should().Be(500);
        report.Rows.Should().Be(300);
        report.Tests.Where(test => test.Kind == DriftKind.Value).Select(test => test.Name)
            .Should().Equal(Layout.Features.Select(feature => feature.Name));
        report.Tests.Where(test => test.Kind == DriftKind.Dimension).Select(test => test.Name).Should().Equal("dimension 0", "dimension 1");
        report.Tests.Should().ContainSingle(test => test.Kind == DriftKind.Score);
        report.Tests.Should().OnlyContain(test => test.CorrectedPValue >= test.PValue && test.CorrectedPValue <= 1);
    }

    [Fact]
    public void A_number_that_moves_is_found()
    {
        var report = Compare((row, random) => row[0] += 1.5f);
        var drifted = report.Drifted(0.01);
        drifted.Should().Contain(test => test.Name == "size0" && test.Kind == DriftKind.Value);
        drifted.Should().NotContain(test => test.Name == "size1" || test.Name == "colour");
        report.ToString().Should().Contain("! size0").And.Contain("  colour");
    }

    [Fact]
    public void A_category_that_becomes_rare_is_found()
    {
        var report = Compare((row, random) =>
        {
            if (row[3] == 1 && random.Next(2) == 0) (row[3], row[6]) = (0, 1);
        });
        report.Drifted(0.01).Should().Contain(test => test.Name == "colour" && test.Kind == DriftKind.Value);
    }

    [Fact]
    public void Values_that_go_missing_are_found()
    {
        var report = Compare((row, random) =>
        {
            if (random.Next(4) == 0) row[9] = float.NaN;
        });
        report.Drifted(0.01).Should().Contain(test => test.Name == "price" && test.Kind == DriftKind.Missing);
        report.Drifted(0.01).Should().NotContain(test => test.Name == "price" && test.Kind == DriftKind.Value);
    }

    [Fact]
    public void Columns_that_no_longer_go_together_are_seen_by_the_score_alone()
    {
        float[] rows = TestTables.MixedValues(400, seed: 4);
        float[] shuffled = [.. rows];
        int[] others = [.. Enumerable.Range(0, 400)];
        new Random(5).Shuffle(others);
        for (int row = 0; row < 400; row++)
        {
            for (int slot = 0; slot < 3; slot++)
                shuffled[row * Layout.RowWidth + slot] = rows[others[row] * Layout.RowWidth + slot];
        }

        var report = Drift.Value.Compare(new MatrixRows(Layout, shuffled));
        report.Drifted(0.01).Select(test => test.Kind).Distinct().Should().Contain(DriftKind.Score).And.NotContain(DriftKind.Value);
    }

    [Fact]
    public void Of_many_rows_evenly_spaced_ones_are_kept()
    {
        float[] values = [.. Enumerable.Range(0, 1000).Select(i => (float)i)];
        var rows = new MatrixRows(FeatureLayout.Numeric(1), values);
        var model = UntrainedModels.Create(rows.Layout, new VaeOptions { LatentDimension = 1 });
        var sample = SampledRows.Read(model, rows, 100);
        sample.Count.Should().BeInRange(50, 100);
        float[] kept = sample.Values(0);
        kept.Zip(kept.Skip(1), (a, b) => b - a).Distinct().Should().ContainSingle().Which.Should().Be(16);
    }

    [Fact]
    public void The_latest_report_is_a_meter()
    {
        using var meter = new DriftMeter("wine");
        var measured = new List<(string Instrument, double Value, string Name)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == DriftMeter.MeterName && instrument.Meter.Tags!.Single().Value!.Equals("wine"))
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) =>
            measured.Add((instrument.Name, value, (string)tags[0].Value!)));
        listener.Start();
        listener.RecordObservableInstruments();
        measured.Should().BeEmpty("there is no report");

        var report = Drift.Value.Compare(TestTables.Mixed(100, seed: 3));
        meter.Report(report);
        listener.RecordObservableInstruments();
        measured.Where(item => item.Instrument == "vae.drift.distance").Select(item => (item.Name, item.Value))
            .Should().Equal(report.Tests.Select(test => (test.Name, test.Distance)));
        measured.Where(item => item.Instrument == "vae.drift.p_value").Select(item => item.Value)
            .Should().Equal(report.Tests.Select(test => test.CorrectedPValue));
    }

    [Fact]
    public void Rows_that_cannot_be_compared_are_refused()
    {
        var otherLayout = () => Drift.Value.Compare(TestTables.Noise(10, 3));
        otherLayout.Should().Throw<ArgumentException>().WithMessage("*another layout*");
        var none = () => Drift.Value.Compare(new MatrixRows(Layout, Array.Empty<float>()));
        none.Should().Throw<ArgumentException>().WithMessage("*no rows*");
        float[] infinite = TestTables.MixedValues(3);
        infinite[Layout.RowWidth] = float.PositiveInfinity;
        var bad = () => Drift.Value.Compare(new MatrixRows(Layout, infinite));
        bad.Should().Throw<ArgumentException>().WithMessage("*'size0'*row 1*");
        var few = () => new VaeDrift(Model.Value, TestTables.Mixed(10), 1);
        few.Should().Throw<ArgumentOutOfRangeException>();
        var level = () => Drift.Value.Compare(TestTables.Mixed(10)).Drifted(1);
        level.Should().Throw<ArgumentOutOfRangeException>();
    }

    private delegate void Change(Span<float> row, Random random);

    private static DriftReport Compare(Change change)
    {
        float[] rows = TestTables.MixedValues(400, seed: 4);
        var random = new Random(6);
        for (int start = 0; start < rows.Length; start += Layout.RowWidth)
            change(rows.AsSpan(start, Layout.RowWidth), random);
        return Drift.Value.Compare(new MatrixRows(Layout, rows));
    }
}
