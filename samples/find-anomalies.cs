#!/usr/bin/env dotnet
#:property PublishAot=false
#:package Microsoft.ML
#:project ../src/Vae.Reports/Vae.Reports.csproj

using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Vae.MLNet;
using Vae.Reports;

// Wines of two cultivars are normal; those of the third are anomalies, which the detector has never seen. One normal wine in twenty may be
// a false alarm.
const string path = "samples/data/wine.csv";
string[] measurements = [.. File.ReadLines(path).First().Split(',').SkipLast(1)];
var mlContext = new MLContext(seed: 1);
mlContext.Log += (_, e) =>
{
    if (e.Kind == ChannelMessageKind.Info && e.Source.Contains("Vae", StringComparison.Ordinal)) Console.Error.WriteLine(e.RawMessage);
};
var table = mlContext.Data.LoadFromTextFile(
    path,
    [
        .. measurements.Select((name, index) => new TextLoader.Column(name, DataKind.Single, index)),
        new TextLoader.Column("Cultivar", DataKind.String, measurements.Length),
    ],
    separatorChar: ',', hasHeader: true);
var labelled = mlContext.Transforms.Expression("Label", "(cultivar) => cultivar == \"class_2\" ? 1f : 0f", "Cultivar")
    .Fit(table).Transform(table);
var split = mlContext.Data.TrainTestSplit(labelled, testFraction: 1 / 3.0);

var detector = mlContext.Transforms.VaeDetect(new VaeDetectionEstimator.Options
{
    InputColumnNames = measurements,
    FalseAlarmRate = 0.05,
    CalibrationFolds = 5,                          // so few rows: all of them train, and all of them calibrate
    ReasonsColumnName = "Reasons",
}).Fit(mlContext.Data.FilterRowsByColumn(split.TrainSet, "Label", upperBound: 0.5));
var detected = detector.Transform(split.TestSet);

Console.WriteLine($"p-values from {detector.Detector.CalibrationRows} wines that the model has not seen.");
Console.WriteLine($"Area under the ROC curve: {mlContext.AnomalyDetection.Evaluate(detected).AreaUnderRocCurve:0.00}");
float[] labels = [.. detected.GetColumn<float>("Label")];
Print("Alarms", labels.Zip(detected.GetColumn<bool>("PredictedLabel")).Where(row => row.Second).Select(row => row.First));
Print("At a false discovery rate of 20%", mlContext.AnomalyDetection.SelectByFalseDiscoveryRate(detected, 0.2).GetColumn<float>("Label"));

var (_, reasons) = detected.GetColumn<float>("Score").Zip(detected.GetColumn<string[]>("Reasons")).MaxBy(row => row.First);
Console.WriteLine($"The most unusual wine: {reasons[0]}");

detector.SaveReport("wines.html", split.TestSet, new VaeReportOptions { Title = "Wines of an unknown cultivar", ColorBy = ["Label"] });
Console.WriteLine("wines.html shows the scores, the alarms and their reasons.");

void Print(string what, IEnumerable<float> selected)
{
    var (anomalies, all) = (selected.Count(label => label == 1), selected.Count());
    Console.WriteLine($"{what}: {anomalies} of {labels.Count(label => label == 1)} anomalies, "
        + $"{all - anomalies} of {labels.Count(label => label == 0)} normal wines.");
}
