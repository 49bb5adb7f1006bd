#!/usr/bin/env dotnet
#:property PublishAot=false
#:package Microsoft.ML
#:project ../src/Vae.MLNet/Vae.MLNet.csproj

using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Vae.MLNet;
using Vae.Monitoring;

// Yesterday there were wines of two cultivars, and nobody measured proline. Today there is a third cultivar and one measurement more. The
// model is trained on, and the classifier that was trained on yesterday's embedding stays as it is.
const string path = "samples/data/wine.csv";
string[] today = [.. File.ReadLines(path).First().Split(',').SkipLast(1)];
string[] yesterday = [.. today.SkipLast(1)];
var mlContext = new MLContext(seed: 1);
mlContext.Log += (_, e) =>
{
    if (e.Kind == ChannelMessageKind.Info && e.Source.Contains("Vae", StringComparison.Ordinal)) Console.Error.WriteLine(e.RawMessage);
};
var table = mlContext.Data.LoadFromTextFile(
    path,
    [
        .. today.Select((name, index) => new TextLoader.Column(name, DataKind.Single, index)),
        new TextLoader.Column("Cultivar", DataKind.String, today.Length),
    ],
    separatorChar: ',', hasHeader: true);
var newRows = mlContext.Transforms.Expression("IsNew", "(cultivar) => cultivar == \"class_2\" ? 1f : 0f", "Cultivar")
    .Append(mlContext.Transforms.Expression("Label", "(cultivar) => cultivar == \"class_0\"", "Cultivar")).Fit(table).Transform(table);
var oldRows = mlContext.Data.FilterRowsByColumn(newRows, "IsNew", upperBound: 0.5);

var old = Embed(yesterday).Fit(oldRows);
var classifier = mlContext.BinaryClassification.Trainers.LbfgsLogisticRegression("Label", "Embedding").Fit(old.Transform(oldRows));

// Are the rows still like those of yesterday?
var report = VaeDrift.Compare(old.Model, old.ReadRows(newRows));
var drifted = report.Drifted(0.01);
Console.WriteLine($"Drift in {drifted.Count} of {report.Tests.Count} tests, most in {drifted[0].Name}.");

// They are not: retrain from yesterday's model, and for comparison without it.
var retrained = Embed(today).Fit(newRows, old);
var anew = Embed(today).Fit(newRows);
Console.WriteLine("Yesterday's classifier is right");
Console.WriteLine($"  on yesterday's wines and embedding      {Accuracy(old, oldRows):0%}");
Console.WriteLine($"  on all wines, yesterday's embedding     {Accuracy(old, newRows):0%}");
Console.WriteLine($"  on all wines, retrained from yesterday  {Accuracy(retrained, newRows):0%}");
Console.WriteLine($"  on all wines, trained anew              {Accuracy(anew, newRows):0%}");

VaeEmbeddingEstimator Embed(string[] columns) => mlContext.Transforms.VaeEmbed(
    new VaeEmbeddingEstimator.Options { InputColumnNames = columns, LatentDimension = 4, Seed = columns.Length });

double Accuracy(ITransformer embedding, IDataView rows) =>
    mlContext.BinaryClassification.EvaluateNonCalibrated(classifier.Transform(embedding.Transform(rows))).Accuracy;
