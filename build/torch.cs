#!/usr/bin/env dotnet
#:property PublishAot=false
#:project ../samples/Shared/Shared.csproj

using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Vae.Data;
using Vae.Options;
using Vae.Samples;
using Vae.Training.Managed;

// Trains models of many kinds on the samples' tables, writes them as modules of PyTorch, and says by how much the results of their forward
// differ from the library's own. An argument is the Python to take; it is python3 else.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
string build = Path.GetDirectoryName(Here())!;
string python = args is [var given] ? given : "python3";
if (Start(python, ["-c", "import torch; print('PyTorch', torch.__version__)"]) != 0)
{
    Console.WriteLine($"LEFT OUT: everything, because {python} has no torch (on Debian: python3-torch libopenblas0-pthread).");
    return 0;
}

var folder = Directory.CreateTempSubdirectory("vae-torch-");
var wine = LabelledTable.Read(Path.Combine(build, "..", "samples", "data", "wine.csv"));
var credit = LabelledTable.Read(Path.Combine(build, "..", "samples", "data", "credit_g.csv"));
var small = new VaeOptions { HiddenLayers = [24, 12], LatentDimension = 4, Epochs = 5 };
double largest = 0;
Console.WriteLine($"{"model",-44}{"embedding",12}{"log-variance",14}{"reconstruction",16}");
Check("wine, the defaults", Rows(wine), new VaeOptions { Epochs = 5 });
Check("credit_g, the defaults", Rows(credit), new VaeOptions { Epochs = 5 });
Check("credit_g, categorical", Rows(credit), small with { OneHotLikelihood = OneHotLikelihoodKind.Categorical });
Check("credit_g, log-cosh", Rows(credit), small with { NumericLikelihood = NumericLikelihoodKind.LogCosh });
Check("credit_g, quantiles", Rows(credit), small with { Standardization = StandardizationMethod.Quantile });
Check("credit_g, batch normalization and dropout", Rows(credit), small with { BatchNormalization = true, Dropout = 0.1 });
Check("credit_g, missing values", Missing(credit), small);
Check("credit_g, half of its columns as conditions", Conditional(credit), small);
Check("wine, no hidden layers", Rows(wine), small with { HiddenLayers = [] });
foreach (var activation in Enum.GetValues<Activation>())
    Check($"wine, {activation}", Rows(wine), small with { Activation = activation });

folder.Delete(recursive: true);
Console.WriteLine();
Console.WriteLine($"Largest relative difference: {largest:0.0e+0}");
return largest < 1e-4 ? 0 : 1;

static string Here([CallerFilePath] string path = "") => path;

static (FeatureLayout, float[]) Rows(LabelledTable table) => (table.Layout, table.Values);

static (FeatureLayout, float[]) Missing(LabelledTable table)
{
    float[] values = [.. table.Values];
    var random = new Random(1);
    for (int row = 0; row < table.Count; row++)
    {
        foreach (var group in table.Layout.Groups.Where(_ => random.Next(5) == 0))
            values.AsSpan(row * table.Layout.RowWidth + group.Start, group.Length).Fill(float.NaN);
    }

    return (table.Layout, values);
}

static (FeatureLayout, float[]) Conditional(LabelledTable table)
{
    var builder = new FeatureLayoutBuilder();
    int half = table.Layout.Groups.Count / 2;
    for (int i = 0; i < table.Layout.Groups.Count; i++)
    {
        var group = table.Layout.Groups[i];
        if (i == half) builder.Conditions();
        if (group.Kind == FeatureKind.Numeric)
            builder.Numeric(group.Name);
        else
            builder.OneHot(group.Name, [.. group.SlotNames]);
    }

    return (builder.Build(), table.Values);
}

static float[] Floats(string path) => MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(path)).ToArray();

static int Start(string program, params string[] arguments)
{
    try
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments))!;
        process.WaitForExit();
        return process.ExitCode;
    }
    catch (Win32Exception)
    {
        return 1;
    }
}

void Check(string name, (FeatureLayout Layout, float[] Values) rows, VaeOptions options)
{
    int count = rows.Values.Length / rows.Layout.RowWidth;
    var model = new ManagedTrainer().Train(new MatrixRows(rows.Layout, rows.Values), options);
    string module = Path.Combine(folder.FullName, "vae_module.py");
    string input = Path.Combine(folder.FullName, "rows");
    model.SaveTorch(module);
    File.WriteAllBytes(input, MemoryMarshal.AsBytes<float>(rows.Values));
    if (Run(module, input, $"{rows.Layout.RowWidth}") != 0) throw new InvalidOperationException($"Python failed for '{name}'.");

    float[] embedding = new float[count * model.LatentDimension];
    float[] logVariance = new float[embedding.Length];
    float[] reconstruction = new float[count * rows.Layout.SlotCount];
    model.Encode(rows.Values, embedding, logVariance);
    model.Reconstruct(rows.Values, reconstruction);
    double[] differences =
    [
        Difference(Floats($"{input}.Embedding"), embedding, model.LatentDimension),
        Difference(Floats($"{input}.LogVariance"), logVariance, model.LatentDimension),
        Difference(Floats($"{input}.Reconstruction"), reconstruction, rows.Layout.SlotCount),
    ];
    largest = Math.Max(largest, differences.Max());
    Console.WriteLine($"{name,-44}{differences[0],12:0.0e+0}{differences[1],14:0.0e+0}{differences[2],16:0.0e+0}");
}

int Run(params string[] arguments)
{
    using var process = Process.Start(
        new ProcessStartInfo(python, [Path.Combine(build, "torch_forward.py"), .. arguments]) { RedirectStandardOutput = true })!;
    process.StandardOutput.ReadToEnd();
    process.WaitForExit();
    return process.ExitCode;
}

// Relative to the value or, where that is small, to the mean size of its column's values.
static double Difference(float[] actual, float[] expected, int width)
{
    if (actual.Length != expected.Length) return double.PositiveInfinity;
    double[] sizes = new double[width];
    for (int i = 0; i < expected.Length; i++)
        sizes[i % width] += Math.Abs(expected[i]) / (double)(expected.Length / width);
    double largest = expected.Select((value, i) => value == actual[i] ? 0
        : Math.Abs((double)actual[i] - value) / Math.Max(Math.Abs(value), sizes[i % width])).Max();
    return double.IsNaN(largest) ? double.PositiveInfinity : largest;
}
