using Microsoft.ML;

// Usage: WineScoring model.zip wines.csv
// Loads a model that another program trained, and says which cultivar each wine was made from. There is no training code here, and no
// mention of VAEs: ML.NET finds the plug-in by itself, because the model names it.
var mlContext = new MLContext();
var model = mlContext.Model.LoadWithDataLoader(args[0], out var loader);
var wines = loader.Load(new Microsoft.ML.Data.MultiFileSource(args[1]));

var metrics = mlContext.MulticlassClassification.Evaluate(model.Transform(wines));
Console.WriteLine($"  scored in process {Environment.ProcessId}: {metrics.MicroAccuracy:P1} of the wines told right, "
    + $"log-loss {metrics.LogLoss:0.000000}");
