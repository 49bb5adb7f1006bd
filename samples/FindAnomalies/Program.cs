using Microsoft.ML;
using Microsoft.ML.Data;
using Vae.Reports;
using Vae.Samples.FindAnomalies;

// Wines of two cultivars are normal, those of the third are anomalies. The detectors are trained on two thirds of the normal wines and see
// no anomaly; the rest is scored. One normal wine in twenty may be a false alarm.
const int measurements = 13;
const double falseAlarmRate = 0.05;
var mlContext = new MLContext(seed: 1);
var wines = mlContext.Data.LoadFromTextFile(
    Path.Combine(AppContext.BaseDirectory, "wine.csv"),
    [
        new TextLoader.Column("Features", DataKind.Single, 0, measurements - 1),
        new TextLoader.Column("Cultivar", DataKind.String, measurements),
    ],
    separatorChar: ',', hasHeader: true);
var labelled = mlContext.Transforms.Expression("Label", "(cultivar) => cultivar == \"class_2\" ? 1f : 0f", "Cultivar")
    .Fit(wines).Transform(wines);
var normals = mlContext.Data.TrainTestSplit(mlContext.Data.FilterRowsByColumn(labelled, "Label", upperBound: 0.5), testFraction: 1 / 3.0);
var test = Concatenate(normals.TestSet, mlContext.Data.FilterRowsByColumn(labelled, "Label", lowerBound: 0.5));

var detector = mlContext.Transforms.VaeDetect("Features", falseAlarmRate).Fit(normals.TrainSet);
var detected = detector.Transform(test);
var ofVae = mlContext.AnomalyDetection.Evaluate(detected);

var pca = mlContext.Transforms.NormalizeMeanVariance("Features")
    .Append(mlContext.AnomalyDetection.Trainers.RandomizedPca("Features", rank: 4)).Fit(normals.TrainSet);
var ofPca = mlContext.AnomalyDetection.Evaluate(pca.Transform(test));

Console.WriteLine($"{"",-16}{"AUC",8}");
Console.WriteLine($"{"VaeDetect",-16}{ofVae.AreaUnderRocCurve,8:0.000}");
Console.WriteLine($"{"RandomizedPca",-16}{ofPca.AreaUnderRocCurve,8:0.000}");
Console.WriteLine();

var (isAnomaly, alarms) = (detected.GetColumn<float>("Label").ToArray(), detected.GetColumn<bool>("PredictedLabel").ToArray());
Console.WriteLine($"p-values from {detector.Detector.CalibrationRows} wines that the model has not seen.");
Report("Alarms", isAnomaly.Zip(alarms, (label, alarm) => (label, alarm)).Where(row => row.alarm).Select(row => row.label));
Report("At a false discovery rate of 20%", mlContext.AnomalyDetection.SelectByFalseDiscoveryRate(detected, 0.2).GetColumn<float>("Label"));

var page = Path.GetFullPath(Path.Combine("artifacts", "find-anomalies.html"));
detector.SaveReport(page, test, new VaeReportOptions { Title = "Wines of a cultivar that is new to the detector", ColorBy = ["Label"] });
Console.WriteLine();
Console.WriteLine($"The scores, the alarms and their reasons: {page}");

void Report(string what, IEnumerable<float> labels)
{
    float[] selected = [.. labels];
    Console.WriteLine(
        $"{what}: {selected.Count(label => label == 1)} of {isAnomaly.Sum()} anomalies, "
        + $"{selected.Count(label => label == 0)} of {isAnomaly.Count(label => label == 0)} normal wines.");
}

IDataView Concatenate(IDataView first, IDataView second) => mlContext.Data.LoadFromEnumerable(
    new[] { first, second }.SelectMany(data => mlContext.Data.CreateEnumerable<LabelledWine>(data, reuseRowObject: false)));
