using Microsoft.ML;
using Vae.Benchmarks.Peers;
using Vae.Benchmarks.Reporting;
using Vae.MLNet;

namespace Vae.Benchmarks.Cursor;

/// <summary>
/// What a row costs in an ML.NET cursor over rows in memory: read alone, embedded (mean and log-variance), and projected to as many
/// principal components or four; and what it costs in a prediction engine. All in turn over several rounds, network by network.
/// </summary>
internal static class CursorCost
{
    private const int Rows = 20_000;
    private const int WarmUps = 20;
    private const int Rounds = 30;
    private const int Rank = 4;

    public static int Run(ResultOutput output)
    {
        var table = new ResultTable("", "ns per row", "more than the rows alone", "bytes per row");
        var sentences = new List<string>();
        var results = new List<object>();
        foreach (var network in ScoredNetwork.All)
        {
            var readings = Measure(network);
            double baseline = readings[0].Nanoseconds;
            foreach (var reading in readings)
            {
                FormattableString more = $"{reading.Nanoseconds - baseline:0.0}";
                table.Add($"{reading.Name}", $"{reading.Nanoseconds:0.0}", more, $"{reading.Bytes:0.000}");
            }

            double ratio = readings[1].Nanoseconds / readings[2].Nanoseconds;
            double ratioOfTransforms = (readings[1].Nanoseconds - baseline) / (readings[2].Nanoseconds - baseline);
            sentences.Add(FormattableString.Invariant(
                $"{network}: the embedding takes {ratio:0.00} times as long as the principal components; ")
                + FormattableString.Invariant($"without the time of the rows, {ratioOfTransforms:0.00} times."));
            results.Add(new
            {
                Network = network.ToString(),
                Readings = readings.Select(reading => new { reading.Name, reading.Nanoseconds, reading.Bytes }),
                Ratio = ratio,
                RatioOfTransforms = ratioOfTransforms,
            });
        }

        output.Write("cursor", [.. table.Lines(), "", .. sentences], results);
        return 0;
    }

    private static Reading[] Measure(ScoredNetwork network)
    {
        var mlContext = new MLContext(1);
        TableRow[] rows = [.. network.Rows(Rows).Chunk(network.Slots).Select(values => new TableRow { Features = values })];
        var schema = TableRow.Schema(network.Slots);
        var data = mlContext.Data.Cache(mlContext.Data.LoadFromEnumerable(rows, schema));
        var embedding = mlContext.Transforms.VaeEmbed(new VaeEmbeddingEstimator.Options
        {
            InputColumnNames = [nameof(TableRow.Features)],
            Trainer = TrainerKind.Managed,
            Model = network.Options,
        }).Fit(data);
        var components = mlContext.Transforms.ProjectToPrincipalComponents("Components", nameof(TableRow.Features), rank: Rank).Fit(data);
        var engine = mlContext.Model.CreatePredictionEngine<TableRow, EmbeddedRow>(embedding, inputSchemaDefinition: schema);

        Reading[] readings =
        [
            new CursorReading($"cursor: {network.Slots} slots alone", data, nameof(TableRow.Features)),
            new CursorReading($"cursor: embedding, {network}", embedding.Transform(data), "Embedding", "EmbeddingLogVariance"),
            new CursorReading($"cursor: {Rank} principal components of {network.Slots} slots", components.Transform(data), "Components"),
            new EngineReading($"PredictionEngine: embedding, {network}", engine, rows),
        ];
        for (int round = 0; round < WarmUps + Rounds; round++)
        {
            foreach (var reading in readings)
                reading.Round(isWarmUp: round < WarmUps);
        }

        return readings;
    }
}
