using Microsoft.ML;
using Vae.Benchmarks.Peers;
using Vae.Benchmarks.Reporting;
using Vae.MLNet;

namespace Vae.Benchmarks.Cursor;

/// <summary>
/// What a row costs in an ML.NET cursor over rows in memory: read alone, embedded by the smallest network (mean and log-variance), and
/// projected to four principal components, in turn over several rounds.
/// </summary>
internal static class CursorCost
{
    private const int Rows = 100_000;
    private const int WarmUps = 50;
    private const int Rounds = 50;
    private const int Rank = 4;

    public static int Run(ResultOutput output)
    {
        var size = NetworkSize.All[0];
        var mlContext = new MLContext(1);
        var random = new Random(1);
        var data = mlContext.Data.Cache(mlContext.Data.LoadFromEnumerable(
            Enumerable.Range(0, Rows)
                .Select(_ => new TableRow { Features = [.. Enumerable.Range(0, TableRow.Slots).Select(_ => random.NextSingle())] })
                .ToArray()));
        var embedding = mlContext.Transforms.VaeEmbed(new VaeEmbeddingEstimator.Options
        {
            InputColumnNames = [nameof(TableRow.Features)],
            Trainer = TrainerKind.Managed,
            Model = size.Options with { Epochs = 1 },
        }).Fit(data);
        var components = mlContext.Transforms.ProjectToPrincipalComponents("Components", nameof(TableRow.Features), rank: Rank).Fit(data);

        var baseline = new CursorReading("the rows alone", data, nameof(TableRow.Features));
        var vae = new CursorReading(
            $"Embedding and EmbeddingLogVariance, {size}", embedding.Transform(data), "Embedding", "EmbeddingLogVariance");
        var pca = new CursorReading($"ProjectToPrincipalComponents, rank {Rank}", components.Transform(data), "Components");
        CursorReading[] readings = [baseline, vae, pca];
        for (int round = 0; round < WarmUps + Rounds; round++)
        {
            foreach (var reading in readings)
                reading.Round(isWarmUp: round < WarmUps);
        }

        var table = new ResultTable("cursor over", "ns per row", "more than the rows alone", "bytes per row");
        foreach (var reading in readings)
        {
            table.Add(
                $"{reading.Name}", $"{reading.Nanoseconds:0.0}",
                $"{reading.Nanoseconds - baseline.Nanoseconds:0.0}", $"{reading.Bytes:0.000}");
        }

        double ratio = vae.Nanoseconds / pca.Nanoseconds;
        double ratioOfTransforms = (vae.Nanoseconds - baseline.Nanoseconds) / (pca.Nanoseconds - baseline.Nanoseconds);
        string sentence = FormattableString.Invariant(
            $"The embedding takes {ratio:0.00} times as long as the principal components; ")
            + FormattableString.Invariant($"without the time of the rows, {ratioOfTransforms:0.00} times.");
        var results = new
        {
            Readings = readings.Select(reading => new { reading.Name, reading.Nanoseconds, reading.Bytes }),
            Ratio = ratio,
            RatioOfTransforms = ratioOfTransforms,
        };
        output.Write("cursor", [.. table.Lines(), "", sentence], results);
        return 0;
    }
}
