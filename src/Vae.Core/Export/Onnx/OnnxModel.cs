using System.Globalization;
using System.Text.Json;
using Vae.Data;
using Vae.Persistence;

namespace Vae.Export.Onnx;

/// <summary>A trained model as an ONNX file.</summary>
internal static class OnnxModel
{
    /// <summary>The name of the only input of <see cref="OnnxInputs.OneTensor"/>.</summary>
    public const string Features = "Features";

    /// <summary>Makes the file of a model; nothing is written before it is known to be possible.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layout, or no such output.</exception>
    /// <exception cref="NotSupportedException">Something cannot be exported; the message says what.</exception>
    public static OnnxFile Create(ModelParts parts, OnnxInputs inputs, ScoringOutputs outputs)
    {
        var graph = ScoringGraph.Of(parts, outputs);
        return Create(parts.Layout, graph.Inputs, inputs, [.. graph.Outputs.Select(output => (output.Key.ToString(), output.Value))]);
    }

    /// <summary>Makes a file of any steps.</summary>
    /// <param name="layout">What the slots of a row mean.</param>
    /// <param name="row">The runs of slots that the row consists of.</param>
    /// <param name="inputs">How the file takes rows.</param>
    /// <param name="outputs">Its outputs.</param>
    /// <inheritdoc cref="Create(ModelParts, OnnxInputs, ScoringOutputs)" path="/exception"/>
    public static OnnxFile Create(
        FeatureLayout layout, IEnumerable<SlotsNode> row, OnnxInputs inputs, IReadOnlyList<(string Name, ScoringNode Node)> outputs)
    {
        var file = new OnnxFile();
        foreach (var (name, _) in outputs)
            file.Take(name);
        var operators = new OnnxOperators(file, inputs switch
        {
            OnnxInputs.OneTensor => OneTensor(file, layout),
            OnnxInputs.PerColumn => PerColumn(file, row, layout),
            _ => throw new ArgumentOutOfRangeException(nameof(inputs), inputs, "Rows come as OneTensor or PerColumn."),
        });
        foreach (var (name, node) in outputs)
            file.Output(name, operators.Add(node), node.Width);
        return file;
    }

    /// <summary>What the file tells besides the graph: whose it is, what its columns mean, and what the model has learned.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Metadata(ModelParts parts) =>
    [
        new("vae.library", LibraryVersion.Current),
        new("vae.format", ModelReader.Version.ToString(CultureInfo.InvariantCulture)),
        new("vae.layout", JsonSerializer.Serialize(LayoutHeader.Of(parts.Layout), HeaderJson.Default.LayoutHeader)),
        new("vae.diagnosis", JsonSerializer.Serialize(parts.Diagnosis, HeaderJson.Default.VaeDiagnosis)),
    ];

    private static Func<SlotsNode, string> OneTensor(OnnxFile file, FeatureLayout layout)
    {
        string row = file.Input(Features, layout.RowWidth);
        return slots => slots.Width == layout.RowWidth ? row : OnnxOperators.Columns(file, row, slots.Start, slots.Width);
    }

    private static Func<SlotsNode, string> PerColumn(OnnxFile file, IEnumerable<SlotsNode> row, FeatureLayout layout)
    {
        foreach (var slots in row)
        {
            foreach (string column in slots.ColumnsIn(layout))
                file.Input(column, 1);
        }

        return slots => slots.Kind == FeatureKind.OneHot
            ? OneHot(file, layout.GetGroup(slots.Start).Name, slots.Width)
            : OnnxOperators.Concat(file, [.. slots.ColumnsIn(layout)]);
    }

    /// <summary>The slots of a category's number: NaN where it is missing, zeros where it is no category.</summary>
    private static string OneHot(OnnxFile file, string codes, int count)
    {
        string slots = OnnxOperators.OneHot(file, codes, 0, count);
        return file.Node("Where", [file.Node("IsNaN", [codes]), file.Constant([float.NaN]), slots]);
    }
}
