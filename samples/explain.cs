#!/usr/bin/env dotnet
#:property PublishAot=false
#:package Microsoft.ML
#:project ../src/Vae.MLNet/Vae.MLNet.csproj

using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Vae.MLNet;

// Someone typed an application for credit and slipped: 240 months instead of 24, and an age of 3.5.
var mlContext = new MLContext(seed: 1);
mlContext.Log += (_, e) =>
{
    if (e.Kind == ChannelMessageKind.Info && e.Source.Contains("Vae", StringComparison.Ordinal)) Console.Error.WriteLine(e.RawMessage);
};
var applicants = mlContext.Data.LoadFromTextFile<Applicant>("samples/data/credit_g.csv", separatorChar: ',', hasHeader: true);
var encoding = mlContext.Transforms.Categorical.OneHotEncoding("Housing")
    .Append(mlContext.Transforms.Categorical.OneHotEncoding("Job")).Fit(applicants);
var detector = mlContext.Transforms.VaeDetect(new VaeDetectionEstimator.Options
{
    InputColumnNames = ["Duration", "Amount", "Age", "Housing", "Job"],
    ReasonsColumnName = "Reasons",
    Seed = 1,
}).Fit(encoding.Transform(applicants));

var application = new Applicant { Duration = 240, Amount = 3_500, Age = 3.5f, Housing = "own", Job = "skilled" };
IDataView typed = encoding.Transform(mlContext.Data.LoadFromEnumerable([application]));

Console.WriteLine("Reasons, as a column:");
foreach (string reason in detector.Transform(typed).GetColumn<string[]>("Reasons").First().Where(reason => reason.Length > 0))
    Console.WriteLine($"  {reason}");

Console.WriteLine("In numbers:");
var description = detector.Explain(typed).First();
foreach (var feature in description.Features)
{
    double share = feature.Share / description.Score;
    Console.WriteLine($"  {feature.Feature.Name,-8} {share,4:0%} of the score, {feature.Excess:0} nats less if as expected");
}

Console.WriteLine("What has to be put right:");
var repair = detector.Repair(typed).First();
Console.WriteLine($"  {repair}");
Console.WriteLine($"  p = {repair.Before.PValue:0.000} before, above {detector.Detector.FalseAlarmRate} after: {repair.IsSufficient}");

internal sealed class Applicant
{
    [LoadColumn(1)]
    public float Duration { get; set; }
    [LoadColumn(4)]
    public float Amount { get; set; }
    [LoadColumn(12)]
    public float Age { get; set; }
    [LoadColumn(14)]
    public string Housing { get; set; } = "";
    [LoadColumn(16)]
    public string Job { get; set; } = "";
}
