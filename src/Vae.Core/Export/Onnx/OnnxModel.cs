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

    /// <summary>Makes the file; nothing is written before it is known to be possible.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layout, or no such output.</exception>
    /// <exception cref="NotSupportedException">Something cannot be exported; the message says what.</exception>
    public static OnnxFile Create(ModelParts parts, OnnxInputs inputs, ScoringOutputs outputs)
    {
        var graph = ScoringGraph.Of(parts, outputs);
        var file = new OnnxFile();
        foreach (var output in graph.Outputs.Keys)
            file.Take(output.ToString());
        var operators = new OnnxOperators(file, inputs switch
        {
            OnnxInputs.OneTensor => OneTensor(file, parts.Layout),
            OnnxInputs.PerColumn => PerColumn(file, graph, parts.Layout),
            _ => throw new ArgumentOutOfRangeException(nameof(inputs), inputs, "Rows come as OneTensor or PerColumn."),
        });
        foreach (var (output, node) in graph.Outputs)
            file.Output(output.ToString(), operators.Add(node), node.Width);
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

    private static Func<SlotsNode, string> PerColumn(OnnxFile file, ScoringGraph graph, FeatureLayout layout)
    {
        foreach (var slots in graph.Inputs)
        {
            foreach (string column in slots.ColumnsIn(layout))
                file.Input(column, 1);
        }

        return slots => slots.Kind == FeatureKind.OneHot
            ? OnnxOperators.OneHot(file, layout.GetGroup(slots.Start).Name, 0, slots.Width)
            : OnnxOperators.Concat(file, [.. slots.ColumnsIn(layout)]);
    }
}
