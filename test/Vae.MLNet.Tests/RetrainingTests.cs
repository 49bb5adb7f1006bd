using FluentAssertions;
using Microsoft.ML;
using Microsoft.ML.Data;
using Vae.Monitoring;
using Xunit;

namespace Vae.MLNet.Tests;

/// <summary>Yesterday's model and today's data, as docs/retrain.md tells it.</summary>
public sealed class RetrainingTests
{
    private readonly MLContext _mlContext = new(1);

    [Fact]
    public void Fit_goes_on_from_an_earlier_transformer_with_a_column_a_category_and_rows_more()
    {
        var yesterday = _mlContext.Data.LoadFromEnumerable(Tables.MixedRows(200).Where(row => row.Housing != "free").ToList());
        var today = Tables.Mixed(_mlContext, 300, seed: 2);
        var narrow = Preparation("Age").Fit(yesterday);
        var wide = Preparation("Age", "Income").Fit(today);
        var options = Quick.Options("Features");
        options.Epochs = 100;
        var estimator = _mlContext.Transforms.VaeEmbed(options);
        var old = estimator.Fit(narrow.Transform(yesterday));
        var retrained = estimator.Fit(wide.Transform(today), old);

        float[][] before = old.Transform(narrow.Transform(yesterday)).Embeddings();
        float[][] after = retrained.Transform(wide.Transform(yesterday)).Embeddings();
        Moved(before, after).Should().BeLessThan(0.3 * Spread(before));
        var anew = estimator.Fit(wide.Transform(today));
        Moved(before, anew.Transform(wide.Transform(yesterday)).Embeddings()).Should().BeGreaterThan(2 * Moved(before, after));
    }

    [Fact]
    public void Rows_of_a_data_view_can_be_watched_for_drift()
    {
        var reference = Tables.Vectors(_mlContext, 300);
        var transformer = Quick.Embed(_mlContext, "Features").Fit(reference);
        var drift = new VaeDrift(transformer.Model, transformer.ReadRows(reference));
        drift.Compare(transformer.ReadRows(Tables.Vectors(_mlContext, 200, seed: 2))).Drifted(0.01).Should().BeEmpty();

        var moved = Tables.VectorRows(200, seed: 2);
        moved.ForEach(row => row.Features[3] += 0.4f);
        var report = drift.Compare(transformer.ReadRows(_mlContext.Data.LoadFromEnumerable(moved)));
        report.Drifted(0.01).Should().Contain(test => test.Kind == DriftKind.Value && test.Name == "Features.3");
        report.Drifted(0.01).Should().NotContain(test => test.Kind == DriftKind.Value && test.Name != "Features.3");
    }

    [Fact]
    public void A_loaded_transformer_watches_for_drift_without_the_rows_that_it_was_trained_on()
    {
        var data = Tables.Vectors(_mlContext, 300);
        var transformer = (VaeEmbeddingTransformer)Saved.Reload(Quick.Embed(_mlContext, "Features").Fit(data), data.Schema);
        var drift = new VaeDrift(transformer.Model);
        drift.Compare(transformer.ReadRows(Tables.Vectors(_mlContext, 200, seed: 2))).Drifted(0.01).Should().BeEmpty();

        var moved = Tables.VectorRows(200, seed: 2);
        moved.ForEach(row => row.Features[3] += 0.4f);
        var report = drift.Compare(transformer.ReadRows(_mlContext.Data.LoadFromEnumerable(moved)));
        report.Drifted(0.01).Should().Contain(test => test.Kind == DriftKind.Value && test.Name == "Features.3");
        report.Drifted(0.01).Should().NotContain(test => test.Kind == DriftKind.Value && test.Name != "Features.3");
    }

    [Fact]
    public void Rows_to_watch_need_the_columns()
    {
        var transformer = Quick.Embed(_mlContext, "Features").Fit(Tables.Vectors(_mlContext));
        Failure.Of<ArgumentOutOfRangeException>(() => transformer.ReadRows(Tables.Mixed(_mlContext)), "inputSchema", "Features");
        var empty = transformer.ReadRows(_mlContext.Data.LoadFromEnumerable(new List<VectorRow>(), Tables.Vectors(_mlContext).Schema));
        var compare = () => VaeDrift.Compare(transformer.Model, transformer.ReadRows(Tables.Vectors(_mlContext)), empty);
        compare.Should().Throw<ArgumentException>().WithMessage("*no rows*");
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    public void A_weight_of_the_anchor_that_cannot_be_is_refused(double weight)
    {
        var options = Quick.Options("Features");
        options.AnchorWeight = weight;
        Failure.Of<ArgumentOutOfRangeException>(() => _mlContext.Transforms.VaeEmbed(options), "AnchorWeight");
    }

    private EstimatorChain<ColumnConcatenatingTransformer> Preparation(params string[] numbers) =>
        _mlContext.Transforms.Categorical.OneHotEncoding("Housing")
            .Append(_mlContext.Transforms.Concatenate("Features", [.. numbers, "Housing"]));

    private static double Moved(float[][] before, float[][] after) =>
        before.Zip(after, (a, b) => a.Zip(b, (x, y) => Math.Pow(x - y, 2)).Sum()).Average();

    /// <summary>The mean squared distance from the mean.</summary>
    private static double Spread(float[][] rows) => Enumerable.Range(0, rows[0].Length).Sum(d =>
    {
        double mean = rows.Average(row => row[d]);
        return rows.Average(row => Math.Pow(row[d] - mean, 2));
    });
}
