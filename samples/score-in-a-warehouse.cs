#!/usr/bin/env dotnet
#:property PublishAot=false
#:package DuckDB.NET.Data.Full
#:package Microsoft.ML
#:project ../src/Vae.MLNet/Vae.MLNet.csproj

using DuckDB.NET.Data;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Vae.Export;
using Vae.MLNet;

// A model becomes one SELECT, and a database that knows nothing of .NET finds the most unusual wines. A small network keeps it short.
const string path = "samples/data/wine.csv";
string[] measurements = [.. File.ReadLines(path).First().Split(',').SkipLast(1)];
var mlContext = new MLContext(seed: 1);
mlContext.Log += (_, e) =>
{
    if (e.Kind == ChannelMessageKind.Info && e.Source.Contains("Vae", StringComparison.Ordinal)) Console.Error.WriteLine(e.RawMessage);
};
var wines = mlContext.Data.LoadFromTextFile(
    path, [.. measurements.Select((name, index) => new TextLoader.Column(name, DataKind.Single, index))],
    separatorChar: ',', hasHeader: true);
var transformer = mlContext.Transforms.VaeEmbed(new VaeEmbeddingEstimator.Options
{
    InputColumnNames = measurements,
    AdditionalColumns = VaeOutputColumns.Score,
    LatentDimension = 2,
    HiddenLayers = [16],
}).Fit(wines);
float[] expected = [.. transformer.Transform(wines).GetColumn<float>("EmbeddingScore")];

using var database = new DuckDBConnection("DataSource=:memory:");
database.Open();
using var command = database.CreateCommand();
command.CommandText = $"CREATE TABLE wines AS SELECT row_number() OVER () - 1 AS id, * FROM read_csv('{path}')";
command.ExecuteNonQuery();

string select = transformer.Model.ToSql(SqlDialect.DuckDb, "wines", ["id"], ScoringOutputs.Embedding | ScoringOutputs.Score);
command.CommandText = $"SELECT id, Score FROM ({select}) ORDER BY Score DESC";
double largest = 0;
var unusual = new List<long>();
using (var rows = command.ExecuteReader())
{
    while (rows.Read())
    {
        long id = rows.GetInt64(0);
        unusual.Add(id);
        largest = Math.Max(largest, Math.Abs(rows.GetDouble(1) - expected[id]) / Math.Max(1, Math.Abs(expected[id])));
    }
}

Console.WriteLine($"{unusual.Count} wines scored by DuckDB, by a SELECT of {select.Length / 1000} thousand characters.");
Console.WriteLine($"The scores are those of ML.NET to four digits: {largest < 1e-4}");
Console.WriteLine($"The most unusual wine is the same: {unusual[0] == Array.IndexOf(expected, expected.Max())}");
