using Microsoft.ML;
using Vae.MLNet;
using Vae.Samples.CreditScoring;

// Who is a bad risk? The same classifiers on the raw columns (one-hot and normalized numbers), on the embedding that a VAE learns from them
// without the label, and on both; 5-fold cross-validated, everything trained inside the fold.
const int folds = 5;
var mlContext = new MLContext(seed: 1);
var table = CreditTable.Read(mlContext, Path.Combine(AppContext.BaseDirectory, "credit_g.csv"));

var prepare = mlContext.Transforms.Categorical.OneHotEncoding([.. CreditTable.Categorical.Select(name => new InputOutputColumnPair(name))])
    .Append(mlContext.Transforms.Concatenate("Columns", [.. CreditTable.Numeric, .. CreditTable.Categorical]))
    .Append(mlContext.Transforms.VaeEmbed("Embedding", "Columns", latentDimension: 16))
    .Append(mlContext.Transforms.NormalizeMeanVariance("Raw", "Columns"))
    .Append(mlContext.Transforms.Concatenate("Both", "Raw", "Embedding"));

var trainers = mlContext.BinaryClassification.Trainers;
(string Name, Func<string, IEstimator<ITransformer>> Of)[] classifiers =
[
    ("FastTree", features => trainers.FastTree("Label", features, numberOfLeaves: 8, numberOfTrees: 100, learningRate: 0.1)),
    ("FastForest", features => trainers.FastForest("Label", features)),
    ("SDCA logistic regression", features => trainers.SdcaLogisticRegression("Label", features)),
    ("L-BFGS logistic regression", features => trainers.LbfgsLogisticRegression("Label", features)),
];
string[] inputs = ["Raw", "Embedding", "Both"];
var areas = new double[classifiers.Length, inputs.Length];

foreach (var (fold, number) in mlContext.Data.CrossValidationSplit(table, folds).Select((fold, index) => (fold, index + 1)))
{
    Console.Write($"Fold {number} of {folds}: ");
    var prepared = prepare.Fit(fold.TrainSet);
    Console.WriteLine(prepared.OfType<VaeEmbeddingTransformer>().Single().Diagnosis.Findings[0].Message);
    var training = mlContext.Data.Cache(prepared.Transform(fold.TrainSet));
    var test = mlContext.Data.Cache(prepared.Transform(fold.TestSet));
    for (int classifier = 0; classifier < classifiers.Length; classifier++)
    {
        for (int input = 0; input < inputs.Length; input++)
        {
            var scored = classifiers[classifier].Of(inputs[input]).Fit(training).Transform(test);
            areas[classifier, input] += mlContext.BinaryClassification.EvaluateNonCalibrated(scored).AreaUnderRocCurve / folds;
        }
    }
}

Console.WriteLine();
Console.WriteLine($"{"AUC, mean of 5 folds",-28}{string.Concat(inputs.Select(input => $"{input,12}"))}");
for (int classifier = 0; classifier < classifiers.Length; classifier++)
{
    var row = inputs.Select((_, input) => $"{areas[classifier, input],12:0.000}");
    Console.WriteLine($"{classifiers[classifier].Name,-28}{string.Concat(row)}");
}
