#!/usr/bin/env dotnet
#:property PublishAot=false
#:package Microsoft.ML
#:project ../src/Vae.MLNet/Vae.MLNet.csproj

using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Vae.MLNet;
using Vae.MLNet.Synthesis;
using Vae.Options;

// Applicants for credit that nobody is: a model of two thirds of the table makes as many rows again, which are compared with the real ones
// and with the last third, which the model has not seen.
string[] numbers =
    ["duration", "credit_amount", "installment_commitment", "residence_since", "age", "existing_credits", "num_dependents"];
const string path = "samples/data/credit_g.csv";
string[] names = File.ReadLines(path).First().Split(',');
var mlContext = new MLContext(seed: 1);
mlContext.Log += (_, e) =>
{
    if (e.Kind == ChannelMessageKind.Info && e.Source.Contains("Vae", StringComparison.Ordinal)) Console.Error.WriteLine(e.RawMessage);
};
var table = mlContext.Data.LoadFromTextFile(
    path,
    [.. names.Select((name, i) => new TextLoader.Column(name, numbers.Contains(name) ? DataKind.Single : DataKind.String, i))],
    separatorChar: ',', hasHeader: true);
var split = mlContext.Data.TrainTestSplit(table, testFraction: 1 / 3.0);

// Texts become keys, which the model reads, and which new rows have as texts again. The class ("good" or "bad") is a column like others.
var keys = mlContext.Transforms.Conversion.MapValueToKey(
    [.. names.Except(numbers).Select(name => new InputOutputColumnPair(name))]);
var model = keys.Append(mlContext.Transforms.VaeEmbed(new VaeEmbeddingEstimator.Options
{
    InputColumnNames = names,
    Model = VaeOptions.ForSynthesis,
})).Fit(split.TrainSet).LastTransformer;

var applicants = model.Sample(mlContext, count: 667, seed: 1, columns: SyntheticColumns.Features);
var report = SyntheticReport.Compare(
    mlContext, split.TrainSet, applicants, new SyntheticReportOptions { HeldOut = split.TestSet, LabelColumnName = "class" });
Console.WriteLine("Distances of columns, which are 0 for the same and 1 for entirely different distributions:");
Console.WriteLine($"  numbers     {report.KolmogorovSmirnov:0.00} on average, at most {Farthest(report, numbers):0.00}");
Console.WriteLine($"  categories  {report.TotalVariation:0.00} on average, at most {Farthest(report, names.Except(numbers)):0.00}");
Console.WriteLine($"A classifier tells them from real rows with an AUC of {report.RealAgainstSynthetic:0.00}; 0.5 is a guess.");
Console.WriteLine("Good and bad risks are told with an AUC of "
    + $"{report.TrainedOnReal!.AreaUnderRocCurve:0.00} after training on real rows, "
    + $"{report.TrainedOnSynthetic!.AreaUnderRocCurve:0.00} on made ones.");
Console.WriteLine($"Copies of real rows: {report.Synthetic.Copies:0%}");

var given = new Dictionary<string, object> { ["age"] = 25, ["housing"] = "rent" };
var young = model.Sample(mlContext, count: 1000, given, seed: 1, columns: SyntheticColumns.Features);
Console.WriteLine($"An applicant of 25 years who rents wants {young.GetColumn<float>("credit_amount").Average():0} on average.");

using var csv = File.Create("applicants.csv");
mlContext.Data.SaveAsText(applicants, csv, separatorChar: ',', schema: false);
Console.WriteLine($"applicants.csv has {applicants.GetRowCount()} rows.");

static double Farthest(SyntheticReport report, IEnumerable<string> columns) =>
    report.Columns.Where(column => columns.Contains(column.Name)).Max(column => column.Distance);
