#!/usr/bin/env dotnet
#:property PublishAot=false
#:package Microsoft.ML
#:project ../src/Vae.MLNet/Vae.MLNet.csproj

using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Vae.MLNet;
using Vae.Options;
using Vae.Selection;

// 178 wines, 13 measurements each. How many dimensions, and which weight of the KL divergence?
var mlContext = new MLContext(seed: 1);
mlContext.Log += (_, e) =>
{
    if (e.Kind == ChannelMessageKind.Info && e.Source.Contains("Vae", StringComparison.Ordinal)) Console.Error.WriteLine(e.RawMessage);
};
var loader = mlContext.Data.CreateTextLoader(
    [new("Measurements", DataKind.Single, 0, 12), new("Cultivar", DataKind.String, 13)], separatorChar: ',', hasHeader: true);
var wines = loader.Load("samples/data/wine.csv");
var data = mlContext.Transforms.Conversion.MapValueToKey("Label", "Cultivar").Fit(wines).Transform(wines);

var options = new VaeEmbeddingEstimator.Options { InputColumnNames = ["Measurements"], Trainer = TrainerKind.Managed, Seed = 1 };
var candidates = VaeSelection.Grid(
    new VaeOptions { HiddenLayers = [32, 16], Epochs = 100 }, latentDimensions: [1, 2, 4], betas: [0.5, 1]);

// By how well the model describes wines that it has not seen …
var result = mlContext.Transforms.SelectVae(data, options, candidates);
Console.WriteLine(result);
Console.WriteLine();

// … or by what the embedding is for: here a classifier that is to tell the cultivars apart.
var classifier = mlContext.MulticlassClassification.Trainers.LbfgsMaximumEntropy("Label", "Embedding");
result = mlContext.Transforms.SelectVae(
    data, options, candidates, scored => mlContext.MulticlassClassification.Evaluate(scored).MacroAccuracy, classifier);
Console.WriteLine(result);

options.Model = result.Recommended.Options;
var embedding = mlContext.Transforms.VaeEmbed(options).Fit(data);
Console.WriteLine($"\nEmbedded in {embedding.Model.LatentDimension} dimensions.");
