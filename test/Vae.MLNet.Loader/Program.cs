using System.Globalization;
using System.Runtime.Loader;
using Microsoft.ML;
using Microsoft.ML.Data;
using Vae.MLNet.Loader;

// Loads a model in a process that has never heard of VAEs, embeds rows with it, and prints the bits of the numbers.
// Arguments: the model, the rows as ML.NET's binary file; where the plug-in is not beside the program, the folder of its files, for an
// AssemblyLoadContext of their own; and "enter", if that context is to be entered.
AssemblyLoadContext? plugIns = args.Length > 2 ? new PlugIns(args[2]) : null;
using var reflection = args.Length > 3 ? plugIns!.EnterContextualReflection() : default;

var mlContext = new MLContext();
ITransformer model = mlContext.Model.Load(args[0], out DataViewSchema schema);
IDataView rows = mlContext.Data.LoadFromBinary(args[1]);

foreach (var embedding in model.Transform(rows).GetColumn<float[]>("Embedding"))
    Console.WriteLine("transform " + Bits(embedding));

using var engine = mlContext.Model.CreatePredictionEngine<Row, Prediction>(model, schema);
foreach (var row in mlContext.Data.CreateEnumerable<Row>(rows, reuseRowObject: false))
    Console.WriteLine("predict " + Bits(engine.Predict(row).Embedding));

static string Bits(float[] values) =>
    string.Join(' ', values.Select(value => BitConverter.SingleToInt32Bits(value).ToString("x8", CultureInfo.InvariantCulture)));

internal sealed class Row
{
    [VectorType(4)]
    public float[] Features { get; set; } = [];

    public bool IsSpecial { get; set; }
}

internal sealed class Prediction
{
    public float[] Embedding { get; set; } = [];
}
