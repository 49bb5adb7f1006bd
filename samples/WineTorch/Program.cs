using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;
using Vae.MLNet;
using Vae.TorchSharp.Devices;

// The wine pipeline by both trainers on the same rows: what they reach, how long they take, and how well a linear classifier tells the
// cultivars of wines that were not trained on from the embedding. Only the training differs; both models score in managed code.
if (TorchLibrary.WhyNot is { } reason)
{
    Console.WriteLine($"TorchSharp cannot train here: {reason}.");
    return 1;
}

var source = Path.Combine(AppContext.BaseDirectory, "wine.csv");
string[] measurements = [.. File.ReadLines(source).First().Split(',').SkipLast(1)];
var mlContext = new MLContext(seed: 1);
var loader = mlContext.Data.CreateTextLoader(
    [
        .. measurements.Select((name, index) => new TextLoader.Column(name, DataKind.Single, index)),
        new TextLoader.Column("Cultivar", DataKind.String, measurements.Length),
    ],
    separatorChar: ',', hasHeader: true);
var split = mlContext.Data.TrainTestSplit(loader.Load(source), testFraction: 0.3);

Console.WriteLine($"{"trainer",-18}{"epochs",8}{"loss",10}{"validation",12}{"seconds",10}{"accuracy",10}");
foreach (var kind in new[] { TrainerKind.Managed, TrainerKind.TorchSharp })
{
    var prepare = mlContext.Transforms.Conversion.MapValueToKey("Label", "Cultivar")
        .Append(mlContext.Transforms.Concatenate("Features", measurements))
        .Append(mlContext.Transforms.VaeEmbed(new VaeEmbeddingEstimator.Options
        {
            OutputColumnName = "Embedding",
            InputColumnNames = ["Features"],
            LatentDimension = 4,
            Trainer = kind,
            Seed = 1,
            ThreadCount = 1,
        }));
    var watch = Stopwatch.StartNew();
    var prepared = prepare.Fit(split.TrainSet);
    double seconds = watch.Elapsed.TotalSeconds;

    var history = prepared.LastTransformer.History;
    var best = history.Epochs[Math.Max(history.BestEpoch - 1, 0)];
    var training = mlContext.Data.Cache(prepared.Transform(split.TrainSet));
    var classifier = mlContext.MulticlassClassification.Trainers.SdcaMaximumEntropy("Label", "Embedding").Fit(training);
    var quality = mlContext.MulticlassClassification.Evaluate(classifier.Transform(prepared.Transform(split.TestSet)));
    Console.Write($"{history.Trainer,-18}{history.Epochs.Count,8}{best.Loss,10:0.000}{best.ValidationLoss,12:0.000}");
    Console.WriteLine($"{seconds,10:0.00}{quality.MicroAccuracy,10:0.0%}");
}

return 0;
