using Microsoft.ML;
using Microsoft.ML.Data;
using Vae.MLNet;

// A fifth of the cells of a table is deleted and filled again: by the column's mean or most frequent category, and from the rest of the
// row.
const double deleted = 0.2;
string[] numbers = ["duration", "credit_amount", "installment_commitment", "age", "existing_credits"];
string[] categories = ["checking_status", "credit_history", "savings_status", "employment", "property_magnitude", "housing", "job"];
string[] lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "credit_g.csv"));
string[] header = lines[0].Split(',');
var random = new Random(1);
string[][] gaps =
    [.. lines.Skip(1).Select(line => Array.ConvertAll(line.Split(','), cell => random.NextDouble() < deleted ? "" : cell))];
string file = Path.Combine(AppContext.BaseDirectory, "gaps.csv");
File.WriteAllLines(file, [lines[0], .. gaps.Select(cells => string.Join(',', cells))]);

var mlContext = new MLContext(seed: 1);
var table = Load(file);
var pipeline = mlContext.Transforms.Conversion.MapValueToKey([.. categories.Select(name => new InputOutputColumnPair(name))])
    .Append(mlContext.Transforms.VaeImpute([.. numbers, .. categories]))
    .Append(mlContext.Transforms.Conversion.MapKeyToValue([.. categories.Select(name => new InputOutputColumnPair(name))]));
var model = pipeline.Fit(table);
var filled = model.Transform(table);
var truth = Load(Path.Combine(AppContext.BaseDirectory, "credit_g.csv"));

Console.WriteLine($"{"error of a filled number",-36}{"mean",10}{"VaeImpute",12}");
foreach (string name in numbers)
{
    float[] original = [.. truth.GetColumn<float>(name)];
    float[] known = [.. table.GetColumn<float>(name).Where(value => !float.IsNaN(value))];
    float[] values = [.. filled.GetColumn<float>(name)];
    Console.WriteLine($"{name,-36}{Error(_ => known.Average()),10:0.00}{Error(row => values[row]),12:0.00}");

    double Error(Func<int, double> fill) => Math.Sqrt(Missing(name).Average(row => Math.Pow(fill(row) - original[row], 2)));
}

Console.WriteLine();
Console.WriteLine($"{"filled categories that are right",-36}{"most often",10}{"VaeImpute",12}");
foreach (string name in categories)
{
    string[] original = Texts(truth, name);
    string[] values = Texts(filled, name);
    string mode = Texts(table, name).Where(text => text.Length > 0).GroupBy(text => text).MaxBy(group => group.Count())!.Key;
    Console.WriteLine($"{name,-36}{Right(_ => mode),10:0%}{Right(row => values[row]),12:0%}");

    double Right(Func<int, string> fill) => Missing(name).Average(row => fill(row) == original[row] ? 1.0 : 0);
}

// What the gaps leave open: the same question to five tables that are filled with draws.
var imputer = model.OfType<VaeImputationTransformer>().Single();
var keys = model.First().Transform(table);
double[] means = [.. imputer.Draw(keys, 5).Select(draw => draw.GetColumn<float>("credit_amount").Average())];
Console.WriteLine();
Console.WriteLine($"The mean credit_amount in five draws: {string.Join(", ", means.Select(mean => $"{mean:0}"))}");
Console.WriteLine($"Without gaps it is {truth.GetColumn<float>("credit_amount").Average():0}");

// Without MissingRealsAsNaNs, ML.NET reads an empty cell of numbers as 0.
IDataView Load(string path) => mlContext.Data.LoadFromTextFile(path, new TextLoader.Options
{
    Columns =
    [
        .. numbers.Select(name => new TextLoader.Column(name, DataKind.Single, Array.IndexOf(header, name))),
        .. categories.Select(name => new TextLoader.Column(name, DataKind.String, Array.IndexOf(header, name))),
    ],
    Separators = [','],
    HasHeader = true,
    MissingRealsAsNaNs = true,
});

int[] Missing(string name)
{
    int column = Array.IndexOf(header, name);
    return [.. Enumerable.Range(0, gaps.Length).Where(row => gaps[row][column].Length == 0)];
}

static string[] Texts(IDataView view, string name) => [.. view.GetColumn<ReadOnlyMemory<char>>(name).Select(text => text.ToString())];
