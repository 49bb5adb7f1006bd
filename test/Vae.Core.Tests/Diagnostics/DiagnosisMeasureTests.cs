using FluentAssertions;
using Vae.Data;
using Vae.Diagnostics;
using Vae.Options;
using Vae.Tests.Inference;
using Vae.Tests.Reference;
using Xunit;

namespace Vae.Tests.Diagnostics;

/// <summary>What the diagnosis measures, on models made by hand.</summary>
public class DiagnosisMeasureTests
{
    private static readonly FeatureLayout Layout =
        new FeatureLayoutBuilder().Numeric("a").Numeric("b").Binary("flag").OneHot("kind", 3).Build();

    [Fact]
    public void Latent_dimensions()
    {
        var diagnosis = Diagnose(out var rows);
        double[] a = [.. rows.Chunk(6).Select(row => (double)row[0])];
        double variance = a.Average(value => value * value) - a.Average() * a.Average();

        // μ₁ = 2a with log σ² = −3; μ₂ = 0.01a with log σ² = 0: hardly active and without KL.
        diagnosis.KullbackLeiblerPerDimension[0]
            .Should().BeApproximately(0.5 * (4 * a.Average(value => value * value) + Math.Exp(-3) - 1 + 3), 1e-4);
        diagnosis.KullbackLeiblerPerDimension[1].Should().BeApproximately(0.5 * 1e-4 * a.Average(value => value * value), 1e-6);
        diagnosis.KullbackLeibler.Should().BeApproximately(diagnosis.KullbackLeiblerPerDimension.Sum(), 1e-12);
        diagnosis.MeanVariancePerDimension[0].Should().BeApproximately(4 * variance, 1e-4);
        diagnosis.MeanVariancePerDimension[1].Should().BeApproximately(1e-4 * variance, 1e-8);
        diagnosis.ActiveUnits.Should().Be(1);
        diagnosis.NoiseScale.Should().BeApproximately(0.5, 1e-6);
        diagnosis.HeldOut.Should().BeTrue();
        diagnosis.Rows.Should().Be(200);
    }

    [Fact]
    public void Features()
    {
        var features = Diagnose(out var rows).Features;
        features.Select(feature => (feature.Name, feature.Kind)).Should().Equal(
            ("a", FeatureKind.Numeric), ("b", FeatureKind.Numeric), ("flag", FeatureKind.Binary), ("kind", FeatureKind.OneHot));

        // â = 0.9a; b̂ = 0, whatever b; the flag is found by the sign of a; the kind is always said to be the second.
        double[] a = [.. rows.Chunk(6).Select(row => (double)row[0])];
        double total = a.Sum(value => Math.Pow(value - a.Average(), 2));
        features[0].Quality.Should().BeApproximately(1 - 0.01 * a.Sum(value => value * value) / total, 1e-5);
        features[0].Baseline.Should().Be(0);
        double[] b = [.. rows.Chunk(6).Select(row => (double)row[1]).Where(value => !double.IsNaN(value))];
        b.Should().HaveCount(180);
        features[1].Quality
            .Should().BeApproximately(1 - b.Sum(value => value * value) / b.Sum(value => Math.Pow(value - b.Average(), 2)), 1e-5);

        bool[] flags = [.. rows.Chunk(6).Select(row => row[2] == 1)];
        features[2].Quality.Should().BeApproximately(a.Zip(flags).Average(pair => pair.First > 0 == pair.Second ? 1 : 0), 1e-9);
        features[2].Quality.Should().BeInRange(0.7, 0.9);
        features[2].Baseline.Should().BeApproximately(Math.Max(flags.Count(flag => flag), flags.Count(flag => !flag)) / 200.0, 1e-9);
        int[] kinds = [.. rows.Chunk(6).Where(row => Array.IndexOf(row, 1f, 3) >= 0).Select(row => Array.IndexOf(row, 1f, 3) - 3)];
        features[3].Quality.Should().BeApproximately(kinds.Count(kind => kind == 1) / (double)kinds.Length, 1e-9);
        features[3].Baseline.Should().BeApproximately(kinds.GroupBy(kind => kind).Max(group => group.Count()) / (double)kinds.Length, 1e-9);
    }

    [Fact]
    public void Reconstruction_is_the_score_without_the_KL()
    {
        var diagnosis = Diagnose(out var rows);
        var scores = new float[200];
        Create().Model.Score(rows, scores);
        (diagnosis.Reconstruction + diagnosis.KullbackLeibler).Should().BeApproximately(scores.Average(score => (double)score), 1e-9);
    }

    [Fact]
    public void Twenty_thousand_wide_rows_are_measured_in_a_few_megabytes()
    {
        const int Width = 1000;
        var options = new VaeOptions { LatentDimension = 1, HiddenLayers = [], NoiseScale = NoiseScaleOptions.Fixed(1) };
        var model = new TestModel(RandomProblem.Create(FeatureLayout.Numeric(Width), options, 1), standardized: true).Model;
        float[] row = [.. Enumerable.Range(0, Width).Select(i => i % 3f)];
        long before = GC.GetAllocatedBytesForCurrentThread();
        var builder = new DiagnosisBuilder(model.Evaluator);
        for (int i = 0; i < 20_000; i++)
            builder.Add(row, heldOut: true);
        var diagnosis = builder.Build();
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(16 << 20);
        diagnosis.Rows.Should().Be(20_000);
        diagnosis.Features.Should().HaveCount(Width).And.OnlyContain(feature => double.IsNaN(feature.Quality), "all rows are the same");
    }

    [Fact]
    public void The_report_names_features_and_findings()
    {
        var diagnosis = Diagnose(out _) with { Findings = [new Finding(FindingKind.ActiveUnits, "One is idle.", true)] };
        string report = diagnosis.ToString();
        report.Should().Contain("200 held-out rows").And.Contain("noise scale 0.500").And.Contain("flag: accuracy")
            .And.Contain("a: R²").And.Contain("! One is idle.").And.NotContain("NaN");
    }

    [Fact]
    public void Constant_and_empty_features_are_told_apart_from_others()
    {
        float[] rows = [.. Enumerable.Range(0, 40).SelectMany(_ => new[] { 3, float.NaN, 1, 0, 1, 0 })];
        var diagnosis = Diagnose(rows);
        diagnosis.Features.Select(feature => (feature.IsConstant, feature.IsEmpty)).Should().Equal(
            (true, false), (false, true), (true, false), (true, false));
        diagnosis.ToString().Should().NotContain("NaN").And.Contain("a: one value only").And.Contain("b: no value")
            .And.Contain("kind: one value only");
    }

    [Fact]
    public void Slots_with_two_values_are_found_whatever_the_values_are()
    {
        var layout = new FeatureLayoutBuilder().Numeric("n", 7).Binary("flag").Build();
        var slots = new TwoValuedSlots(layout);
        Add(19);
        slots.Found.Should().BeEmpty("few values say nothing");
        Add(1);
        slots.Found.Should().Equal(new TwoValuedSlot("n0", true), new TwoValuedSlot("n1", false), new TwoValuedSlot("n6", true));
        Add(20);
        slots.Found.Select(slot => slot.Name).Should().Equal("n0", "n1", "n4", "n6");

        void Add(int rows)
        {
            for (int i = 0; i < rows; i++)
                slots.Add([i % 2, i % 3 == 0 ? -0.5f : 2.25f, i % 3, 5, i % 4 == 0 ? float.NaN : i % 2, float.NaN, 1 - i % 2, i % 2]);
        }
    }

    [Fact]
    public void Slots_with_heavy_tails_are_found_by_their_scale()
    {
        var layout = new FeatureLayoutBuilder().Numeric("normal").Numeric("outlier").Numeric("skewed").Numeric("rare").Build();
        var tails = new HeavyTails(layout);
        var random = new Random(5);
        for (int row = 0; row < 3000; row++)
        {
            if (row == 50) tails.Found.Should().BeEmpty("few values say nothing");
            double normal = TestTables.Normal(random);
            tails.Add(
            [
                (float)normal, row == 2900 ? 1000 : (float)normal, (float)Math.Exp(2.5 * normal), row % 40 == 0 ? (float)normal : 0,
            ]);
        }

        tails.Found.Select(slot => slot.Name).Should().Equal("outlier", "skewed");
        tails.Found[0].Factor.Should().BeApproximately(1000 / Math.Sqrt(3000), 1);
    }

    private static VaeDiagnosis Diagnose(out float[] rows)
    {
        var random = new Random(3);
        rows = new float[200 * 6];
        for (int row = 0; row < 200; row++)
        {
            var values = rows.AsSpan(row * 6, 6);
            values[0] = (float)(2 * random.NextDouble() - 1);
            values[1] = row % 10 == 0 ? float.NaN : (float)random.NextDouble();
            values[2] = values[0] > 0 == random.NextDouble() < 0.8 ? 1 : 0;
            if (row % 8 != 0) values[3 + random.Next(3)] = 1;
        }

        return Diagnose(rows);
    }

    private static VaeDiagnosis Diagnose(float[] rows)
    {
        var builder = new DiagnosisBuilder(Create().Model.Evaluator);
        foreach (float[] row in rows.Chunk(6))
            builder.Add(row, heldOut: true);
        return builder.Build();
    }

    /// <summary>
    /// A linear model in standardized units: μ = (2a, 0.01a), â = 0.45·z₁, logit of the flag = 10·z₁, logits of the kind 0, 1, 0.
    /// </summary>
    private static TestModel Create()
    {
        var options = new VaeOptions { LatentDimension = 2, HiddenLayers = [], NoiseScale = NoiseScaleOptions.Fixed(0.5) };
        var problem = RandomProblem.Create(Layout, options, 1);
        foreach (double[] tensor in problem.Tensors.Values)
            Array.Clear(tensor);
        problem.Tensors["encoder.head.weight"][0] = 2;
        problem.Tensors["encoder.head.weight"][1] = 0.01;
        problem.Tensors["encoder.head.bias"][2] = -3;
        problem.Tensors["decoder.output.weight"][0] = 0.45;
        problem.Tensors["decoder.output.weight"][2] = 10;
        problem.Tensors["decoder.output.bias"][4] = 1;
        return new TestModel(problem, standardized: true);
    }
}
