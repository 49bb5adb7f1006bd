using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Vae.MLNet;
using Vae.Samples.AnomalyScores;

// Wines of one cultivar are normal, the others are anomalies. Both detectors are trained on two thirds of the normal wines and see no
// anomaly; the rest is scored.
const int measurements = 13;
const string normal = "class_1";
var mlContext = new MLContext(seed: 1);
var wines = mlContext.Data.LoadFromTextFile(
    Path.Combine(AppContext.BaseDirectory, "wine.csv"),
    [
        new TextLoader.Column("Features", DataKind.Single, 0, measurements - 1),
        new TextLoader.Column("Cultivar", DataKind.String, measurements),
    ],
    separatorChar: ',', hasHeader: true);
var labelled = mlContext.Transforms.Expression("Label", $"(cultivar) => cultivar == \"{normal}\" ? 0f : 1f", "Cultivar")
    .Fit(wines).Transform(wines);
var normals = mlContext.Data.TrainTestSplit(mlContext.Data.FilterRowsByColumn(labelled, "Label", upperBound: 0.5), testFraction: 1 / 3.0);
var test = Concatenate(normals.TestSet, mlContext.Data.FilterRowsByColumn(labelled, "Label", lowerBound: 0.5));

var vae = mlContext.Transforms.VaeEmbed(new VaeEmbeddingEstimator.Options
{
    InputColumnNames = ["Features"],
    LatentDimension = 4,
    AdditionalColumns = VaeOutputColumns.Score | VaeOutputColumns.CellScores,
}).Fit(normals.TrainSet);
var threshold = Quantile(vae.Transform(normals.TrainSet).GetColumn<float>("EmbeddingScore"), 0.95);
var isUnusual = string.Create(CultureInfo.InvariantCulture, $"(score) => score > {threshold:R}f");
var scored = vae.Append(mlContext.Transforms.Expression("PredictedLabel", isUnusual, "EmbeddingScore").Fit(vae.Transform(test)))
    .Transform(test);
var ofVae = mlContext.AnomalyDetection.Evaluate(scored, scoreColumnName: "EmbeddingScore");

var pca = mlContext.Transforms.NormalizeMeanVariance("Features")
    .Append(mlContext.AnomalyDetection.Trainers.RandomizedPca("Features", rank: 4)).Fit(normals.TrainSet);
var ofPca = mlContext.AnomalyDetection.Evaluate(pca.Transform(test));

Console.WriteLine($"{"",-16}{"AUC",10}{"Detected at 10 false alarms",32}");
Console.WriteLine($"{"VaeEmbed",-16}{ofVae.AreaUnderRocCurve,10:0.000}{ofVae.DetectionRateAtFalsePositiveCount,32:P1}");
Console.WriteLine($"{"RandomizedPca",-16}{ofPca.AreaUnderRocCurve,10:0.000}{ofPca.DetectionRateAtFalsePositiveCount,32:P1}");

var names = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "wine.csv")).First().Split(',');
var (score, cells) = scored.GetColumn<float>("EmbeddingScore").Zip(scored.GetColumn<float[]>("EmbeddingCellScores"))
    .MaxBy(row => row.First);
var reasons = cells.Zip(names).OrderByDescending(cell => cell.First).Take(3).Select(cell => $"{cell.Second} ({cell.First:0.0})");
Console.WriteLine();
Console.WriteLine($"The most unusual wine scores {score:0.0} nats, above all for {string.Join(", ", reasons)}.");

IDataView Concatenate(IDataView first, IDataView second) => mlContext.Data.LoadFromEnumerable(
    new[] { first, second }.SelectMany(data => mlContext.Data.CreateEnumerable<LabelledWine>(data, reuseRowObject: false)));

static float Quantile(IEnumerable<float> values, double share)
{
    float[] sorted = [.. values.Order()];
    return sorted[(int)(share * (sorted.Length - 1))];
}
