using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Vae.Reports;

// 178 wines, 13 measurements each, from three cultivars: the VAE learns an embedding without the cultivars, KMeans finds groups in it,
// a linear classifier tells the cultivars from it, and the whole is saved and scored by another process.
var source = Path.Combine(AppContext.BaseDirectory, "wine.csv");
string[] measurements = [.. File.ReadLines(source).First().Split(',').SkipLast(1)];
var folder = Directory.CreateTempSubdirectory("wine-pipeline-").FullName;
var mlContext = new MLContext(seed: 1);
mlContext.Log += (_, message) =>
{
    if (message.Source.Contains("VaeEmbedding", StringComparison.Ordinal) && message.Kind >= ChannelMessageKind.Info)
        Console.WriteLine("  " + message.RawMessage);
};

var loader = mlContext.Data.CreateTextLoader(
    [
        .. measurements.Select((name, index) => new TextLoader.Column(name, DataKind.Single, index)),
        new TextLoader.Column("Cultivar", DataKind.String, measurements.Length),
    ],
    separatorChar: ',', hasHeader: true);
var split = mlContext.Data.TrainTestSplit(loader.Load(source), testFraction: 0.3);

Console.WriteLine($"Training on {measurements.Length} measurements as they are; nothing has to be normalized:");
var pipeline = mlContext.Transforms.Conversion.MapValueToKey("Label", "Cultivar")
    .Append(mlContext.Transforms.Concatenate("Features", measurements))
    .Append(mlContext.Transforms.VaeEmbed("Embedding", "Features", latentDimension: 4))
    .AppendCacheCheckpoint(mlContext)
    .Append(mlContext.MulticlassClassification.Trainers.SdcaMaximumEntropy("Label", "Embedding"));
var model = pipeline.Fit(split.TrainSet);
var scored = model.Transform(split.TestSet);

var clusters = mlContext.Clustering.Trainers.KMeans("Embedding", numberOfClusters: 3).Fit(model.Transform(split.TrainSet));
var clustering = mlContext.Clustering.Evaluate(clusters.Transform(scored), labelColumnName: "Label", featureColumnName: "Embedding");
var classification = mlContext.MulticlassClassification.Evaluate(scored);
Console.WriteLine();
Console.WriteLine("Wines that were not trained on:");
Console.WriteLine(
    $"  KMeans on the embedding: normalized mutual information with the cultivars {clustering.NormalizedMutualInformation:0.000}");
Console.WriteLine($"  SDCA on the embedding:   {classification.MicroAccuracy:P1} of the cultivars told right, "
    + $"log-loss {classification.LogLoss:0.000000}");

var page = Path.GetFullPath(Path.Combine("artifacts", "wine-pipeline.html"));
model.SaveReport(page, split.TestSet, new VaeReportOptions { Title = "Wines that were not trained on", ColorBy = ["Cultivar"] });
Console.WriteLine();
Console.WriteLine($"What the autoencoder sees in them: {page}");

var zip = Path.Combine(folder, "wine.zip");
var csv = Path.Combine(folder, "wines.csv");
mlContext.Model.Save(model, loader, zip);
WriteWines(scored, csv);
Console.WriteLine();
Console.WriteLine($"Saved ({new FileInfo(zip).Length / 1024} KB), and loaded by a program that only calls mlContext.Model:");
using var process = Process.Start("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "WineScoring.dll"), zip, csv])!;
process.WaitForExit();
Directory.Delete(folder, recursive: true);
return process.ExitCode;

static void WriteWines(IDataView wines, string path) => File.WriteAllLines(
    path, ["header", .. wines.GetColumn<float[]>("Features").Zip(wines.GetColumn<string>("Cultivar"), (features, cultivar) =>
        string.Join(',', features.Select(value => value.ToString("R", CultureInfo.InvariantCulture)).Append(cultivar)))]);
