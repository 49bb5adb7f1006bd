#!/usr/bin/env dotnet
#:property PublishAot=false
#:package Microsoft.ML
#:project ../src/Vae.MLNet/Vae.MLNet.csproj

using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

// A fifth of the cells of a table is deleted, and filled again from the rest of the row.
string[] numbers = ["duration", "credit_amount", "installment_commitment", "age", "existing_credits"];
string[] categories = ["checking_status", "credit_history", "savings_status", "employment", "property_magnitude", "housing", "job"];
const string path = "samples/data/credit_g.csv";
string[] header = File.ReadLines(path).First().Split(',');
var random = new Random(1);
File.WriteAllLines("gaps.csv", File.ReadLines(path).Select((line, row) =>
    row == 0 ? line : string.Join(',', line.Split(',').Select(cell => random.NextDouble() < 0.2 ? "" : cell))));

var mlContext = new MLContext(seed: 1);
mlContext.Log += (_, e) =>
{
    if (e.Kind == ChannelMessageKind.Info && e.Source.Contains("Vae", StringComparison.Ordinal)) Console.Error.WriteLine(e.RawMessage);
};
InputOutputColumnPair[] texts = [.. categories.Select(name => new InputOutputColumnPair(name))];
var (truth, gaps) = (Load(path), Load("gaps.csv"));
var model = mlContext.Transforms.Conversion.MapValueToKey(texts)
    .Append(mlContext.Transforms.VaeImpute([.. numbers, .. categories]))
    .Append(mlContext.Transforms.Conversion.MapKeyToValue(texts))
    .Fit(gaps);
IDataView filled = model.Transform(gaps);
Console.WriteLine($"{"error of a filled number",-36}{"mean",10}{"VaeImpute",12}");
foreach (string name in numbers)
{
    float[] gap = [.. gaps.GetColumn<float>(name)], right = [.. truth.GetColumn<float>(name)], value = [.. filled.GetColumn<float>(name)];
    float mean = gap.Where(float.IsFinite).Average();
    double Error(Func<int, double> fill) =>
        Math.Sqrt(Enumerable.Range(0, gap.Length).Where(row => float.IsNaN(gap[row])).Average(row => Math.Pow(fill(row) - right[row], 2)));
    Console.WriteLine($"{name,-36}{Error(_ => mean),10:0.0}{Error(row => value[row]),12:0.0}");
}

Console.WriteLine($"\n{"filled categories that are right",-36}{"most often",10}{"VaeImpute",12}");
foreach (string name in categories)
{
    string[] gap = Texts(gaps, name), right = Texts(truth, name), value = Texts(filled, name);
    string mode = gap.Where(text => text.Length > 0).CountBy(text => text).MaxBy(pair => pair.Value).Key;
    double Right(Func<int, string> fill) =>
        Enumerable.Range(0, gap.Length).Where(row => gap[row].Length == 0).Average(row => fill(row) == right[row] ? 1.0 : 0);
    Console.WriteLine($"{name,-36}{Right(_ => mode),10:0%}{Right(row => value[row]),12:0%}");
}

// Without MissingRealsAsNaNs, ML.NET reads an empty cell of numbers as 0.
IDataView Load(string file) => mlContext.Data.LoadFromTextFile(file, new TextLoader.Options
{
    Columns = [.. numbers.Concat(categories).Select(name =>
        new TextLoader.Column(name, numbers.Contains(name) ? DataKind.Single : DataKind.String, Array.IndexOf(header, name)))],
    Separators = [','],
    HasHeader = true,
    MissingRealsAsNaNs = true,
});
static string[] Texts(IDataView rows, string name) => [.. rows.GetColumn<string>(name)];
