#!/usr/bin/env dotnet
#:property PublishAot=false
#:property RuntimeIdentifier=$(NETCoreSdkRuntimeIdentifier)
#:property SelfContained=false
#:package Microsoft.ML.OnnxRuntime
#:project ../samples/Shared/Shared.csproj

using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Vae;
using Vae.Data;
using Vae.Export;
using Vae.Options;
using Vae.Samples;
using Vae.Training.Managed;

// Trains models on the samples' tables, exports them as ONNX in both layouts, runs them in two builds of onnxruntime that come from
// different registries (NuGet; npm, where there is npm), and says by how much the results differ from the library's own.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
string build = Path.GetDirectoryName(Here())!;
var folder = Directory.CreateTempSubdirectory("vae-onnx-");
bool hasNode = InstallNode(folder.FullName);
double largest = 0;
Console.WriteLine($"{"model",-12}{"inputs",-12}{"engine",-20}{"output",-16}{"values",10}  largest relative difference");
foreach (string table in (string[])["wine", "credit_g"])
{
    var rows = LabelledTable.Read(Path.Combine(build, "..", "samples", "data", $"{table}.csv"));
    var model = new ManagedTrainer().Train(new MatrixRows(rows.Layout, rows.Values), new VaeOptions { Epochs = 30 });
    foreach (var layout in Enum.GetValues<OnnxInputs>())
    {
        string name = $"{table}-{layout}";
        string path = Path.Combine(folder.FullName, $"{name}.onnx");
        model.SaveOnnx(path, layout, ScoringOutputs.All);
        var inputs = Inputs(rows, layout);
        using (var session = new InferenceSession(path))
        using (var results = session.Run(inputs))
            Compare(table, layout, "onnxruntime NuGet", model, rows, output => [.. results.Single(Is(output)).AsEnumerable<float>()]);
        if (!hasNode) continue;
        File.WriteAllText(Path.Combine(folder.FullName, $"{name}.json"), Json(inputs));
        Start("node", [Path.Combine(build, "onnx.js"), folder.FullName, name], build);
        Compare(table, layout, "onnxruntime-node", model, rows, output => Floats(Path.Combine(folder.FullName, $"{name}.{output}")));
    }
}

folder.Delete(recursive: true);
Console.WriteLine();
if (!hasNode) Console.WriteLine("LEFT OUT: onnxruntime-node, because npm is not here or does not offer it.");
Console.WriteLine($"Largest relative difference: {largest:0.0e+0}");
return largest < 1e-4 ? 0 : 1;

static string Here([CallerFilePath] string path = "") => path;

static Func<DisposableNamedOnnxValue, bool> Is(ScoringOutputs output) => result => result.Name == output.ToString();

static float[] Floats(string path) => MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(path)).ToArray();

static NamedOnnxValue[] Inputs(LabelledTable table, OnnxInputs inputs)
{
    int width = table.Layout.RowWidth;
    if (inputs == OnnxInputs.OneTensor) return [Tensor("Features", table.Values, width)];
    return
    [
        .. table.Layout.Groups.Select(group => Tensor(group.Name, [.. Enumerable.Range(0, table.Count).Select(row =>
        {
            var values = table.Values.AsSpan(row * width + group.Start, group.Length);
            if (group.Kind == FeatureKind.Numeric) return values[0];
            int code = values.IndexOf(1f);
            return code < 0 ? float.NaN : code;
        })], 1)),
    ];
}

static NamedOnnxValue Tensor(string name, float[] values, int width) =>
    NamedOnnxValue.CreateFromTensor(name, new DenseTensor<float>(values, [values.Length / width, width]));

static string Json(NamedOnnxValue[] inputs) => new JsonArray([.. inputs.Select(input => new JsonObject
{
    ["name"] = input.Name,
    ["dimensions"] = new JsonArray([.. input.AsTensor<float>().Dimensions.ToArray().Select(length => (JsonNode)length)]),
    ["values"] = new JsonArray([.. input.AsEnumerable<float>().Select(value => float.IsNaN(value) ? null : (JsonNode)value)]),
})]).ToJsonString();

static bool InstallNode(string folder)
{
    try
    {
        return Start("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--silent", "onnxruntime-node"], folder) == 0;
    }
    catch (Win32Exception)
    {
        return false;
    }
}

static int Start(string program, string[] arguments, string folder)
{
    using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder })!;
    process.WaitForExit();
    return process.ExitCode;
}

void Compare(
    string table, OnnxInputs layout, string engine, VaeModel model, LabelledTable rows, Func<ScoringOutputs, float[]> results)
{
    foreach (var output in Enum.GetValues<ScoringOutputs>().Where(output => output != ScoringOutputs.All))
    {
        float[] expected = Expected(model, rows, output);
        float[] actual = results(output);
        double difference = Difference(actual, expected, expected.Length / rows.Count);
        largest = Math.Max(largest, difference);
        Console.WriteLine($"{table,-12}{layout,-12}{engine,-20}{output,-16}{actual.Length,10}  {difference:0.0e+0}");
    }
}

static float[] Expected(VaeModel model, LabelledTable rows, ScoringOutputs output)
{
    float[] latent = new float[rows.Count * model.LatentDimension];
    float[] other = new float[latent.Length];
    float[] slots = new float[rows.Count * model.Layout.SlotCount];
    float[] scores = new float[rows.Count];
    switch (output)
    {
        case ScoringOutputs.Embedding: model.Encode(rows.Values, latent); return latent;
        case ScoringOutputs.LogVariance: model.Encode(rows.Values, other, latent); return latent;
        case ScoringOutputs.Score: model.Score(rows.Values, scores); return scores;
        case ScoringOutputs.CellScores: model.CellScores(rows.Values, slots); return slots;
        default: model.Reconstruct(rows.Values, slots); return slots;
    }
}

// Relative to the value or, where that is small, to the mean size of its column's values.
static double Difference(float[] actual, float[] expected, int width)
{
    if (actual.Length != expected.Length) return double.PositiveInfinity;
    double[] sizes = new double[width];
    for (int i = 0; i < expected.Length; i++)
        sizes[i % width] += Math.Abs(expected[i]) / (double)(expected.Length / width);
    return expected.Select((value, i) => value == actual[i] ? 0
        : Math.Abs((double)actual[i] - value) / Math.Max(Math.Abs(value), sizes[i % width])).Max();
}
