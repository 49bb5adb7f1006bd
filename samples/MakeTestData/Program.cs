using Microsoft.ML;
using Microsoft.ML.Data;
using Vae.MLNet;
using Vae.MLNet.Synthesis;
using Vae.Options;

// Applicants for credit that nobody is: a model of two thirds of the table makes as many rows again, which are compared with the real ones
// and with the last third, which the model has not seen.
string[] numbers =
    ["duration", "credit_amount", "installment_commitment", "residence_since", "age", "existing_credits", "num_dependents"];
var mlContext = new MLContext(seed: 1);
string path = Path.Combine(AppContext.BaseDirectory, "credit_g.csv");
string[] names = File.ReadLines(path).First().Split(',');
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
    Seed = 1,
})).Fit(split.TrainSet).LastTransformer;

var applicants = model.Sample(mlContext, count: 667, seed: 1, columns: SyntheticColumns.Features);
Print("Made applicants", applicants);
var young = new Dictionary<string, object> { ["age"] = 25, ["housing"] = "rent" };
Print("of 25 years who rent", model.Sample(mlContext, count: 5, young, columns: SyntheticColumns.Features));

Console.WriteLine(SyntheticReport.Compare(
    mlContext, split.TrainSet, applicants, new SyntheticReportOptions { HeldOut = split.TestSet, LabelColumnName = "class" }));

using var csv = File.Create("applicants.csv");
mlContext.Data.SaveAsText(applicants, csv, separatorChar: ',', schema: false);
Console.WriteLine($"applicants.csv has {applicants.GetRowCount()} rows.");

static void Print(string title, IDataView rows)
{
    string[] shown = ["age", "housing", "purpose", "credit_amount", "class"];
    Console.WriteLine($"{title}: {string.Join(", ", shown)}");
    foreach (var row in rows.Preview(maxRows: 5).RowView)
        Console.WriteLine("  " + string.Join(", ", shown.Select(name => row.Values.Single(value => value.Key == name).Value)));
    Console.WriteLine();
}
