#!/usr/bin/env dotnet
#:property PublishAot=false
#:package Microsoft.ML
#:package Microsoft.ML.FastTree
#:project ../src/Vae.MLNet/Vae.MLNet.csproj

using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

// Who is a bad risk? Classifiers on the columns as they are (one-hot, normalized), on the embedding that a VAE learns from them without the
// label, and on both; cross-validated, everything trained inside the fold.
string[] numbers =
    ["duration", "credit_amount", "installment_commitment", "residence_since", "age", "existing_credits", "num_dependents"];
const string path = "samples/data/credit_g.csv";
const int folds = 3;
string[] names = File.ReadLines(path).First().Split(',');
string[] categories = [.. names.Except(numbers).Except(["class"])];
var mlContext = new MLContext(seed: 1);
mlContext.Log += (_, e) =>
{
    if (e.Kind == ChannelMessageKind.Info && e.Source.Contains("Vae", StringComparison.Ordinal)) Console.Error.WriteLine(e.RawMessage);
};
var table = mlContext.Data.LoadFromTextFile(
    path,
    [.. names.Select((name, i) => new TextLoader.Column(name, numbers.Contains(name) ? DataKind.Single : DataKind.String, i))],
    separatorChar: ',', hasHeader: true);
var labelled = mlContext.Transforms.Expression("Label", "(risk) => risk == \"bad\"", "class").Fit(table).Transform(table);

var prepare = mlContext.Transforms.Categorical.OneHotEncoding([.. categories.Select(name => new InputOutputColumnPair(name))])
    .Append(mlContext.Transforms.Concatenate("Columns", [.. numbers, .. categories]))
    .Append(mlContext.Transforms.VaeEmbed("Embedding", "Columns", latentDimension: 16))
    .Append(mlContext.Transforms.NormalizeMeanVariance("Raw", "Columns"))
    .Append(mlContext.Transforms.Concatenate("Both", "Raw", "Embedding"));
var trainers = mlContext.BinaryClassification.Trainers;
var classifiers = new Dictionary<string, Func<string, IEstimator<ITransformer>>>
{
    ["FastTree"] = features => trainers.FastTree("Label", features, numberOfLeaves: 8, numberOfTrees: 100, learningRate: 0.1),
    ["logistic regression"] = features => trainers.LbfgsLogisticRegression("Label", features),
};

string[] inputs = ["Raw", "Embedding", "Both"];
var areas = new Dictionary<(string, string), double>();
foreach (var fold in mlContext.Data.CrossValidationSplit(labelled, folds))
{
    var prepared = prepare.Fit(fold.TrainSet);
    var (train, test) = (mlContext.Data.Cache(prepared.Transform(fold.TrainSet)), mlContext.Data.Cache(prepared.Transform(fold.TestSet)));
    foreach (var (name, trainer) in classifiers)
    {
        foreach (string input in inputs)
        {
            var metrics = mlContext.BinaryClassification.EvaluateNonCalibrated(trainer(input).Fit(train).Transform(test));
            areas[(name, input)] = areas.GetValueOrDefault((name, input)) + metrics.AreaUnderRocCurve / folds;
        }
    }
}

Console.WriteLine($"{$"AUC, mean of {folds} folds",-24}{string.Concat(inputs.Select(input => $"{input,12}"))}");
foreach (string name in classifiers.Keys)
    Console.WriteLine($"{name,-24}{string.Concat(inputs.Select(input => $"{areas[(name, input)],12:0.00}"))}");
