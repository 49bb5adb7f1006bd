// Uses closed members of ML.NET: see build/FriendAccess and MLNetInternals.txt.
using Microsoft.ML;
using Microsoft.ML.Model.OnnxConverter;
using Vae.Export.Onnx;

namespace Vae.MLNet.Internals;

/// <summary>The graph that ML.NET's converter makes of a pipeline, while one transformer adds its part.</summary>
/// <param name="context">ML.NET's side of it.</param>
/// <param name="prefix">
/// What the names of the part begin with. ML.NET keeps them in one map with the names of columns, which they must not replace.
/// </param>
internal sealed class OnnxContextGraph(OnnxContext context, string prefix) : IOnnxGraph
{
    /// <summary>Whether a column of the pipeline is in the graph.</summary>
    public bool Has(string column) => context.ContainsColumn(column);

    /// <summary>The tensor of a column.</summary>
    public string Column(string name) => context.GetVariableName(name);

    /// <summary>Makes a tensor a column.</summary>
    public void Append(DataViewSchema.DetachedColumn column, string value) =>
        AddNode("Identity", [value], context.AddIntermediateVariable(column.Type, column.Name), []);

    /// <summary>Says that a column cannot be computed, because the graph lacks what it is computed of.</summary>
    public void Drop(DataViewSchema.DetachedColumn column)
    {
        if (Has(column.Name)) context.RemoveColumn(column.Name, removeVariable: false);
    }

    /// <summary>Requires a set of operators that is new enough.</summary>
    public void RequireOperatorSet(int version, string transformer) => context.CheckOpSetVersion(version, transformer);

    /// <inheritdoc/>
    public string Constant(float[] values, params long[] shape) => shape.Length == 0
        ? context.AddInitializer(values[0], Prefixed("constant"))
        : context.AddInitializer(values, shape, Prefixed("constant"));

    /// <inheritdoc/>
    public string Constant(long[] values) => context.AddInitializer(values, [values.Length], Prefixed("constant"));

    /// <inheritdoc/>
    public string Node(string operation, string[] inputs, params OnnxAttribute[] attributes)
    {
        string result = context.AddIntermediateVariable(null, Prefixed(operation), skip: true);
        AddNode(operation, inputs, result, attributes);
        return result;
    }

    /// <summary>ML.NET takes no domain to be its own, ai.onnx.ml; an empty one is ai.onnx.</summary>
    private void AddNode(string operation, string[] inputs, string output, OnnxAttribute[] attributes)
    {
        var node = context.CreateNode(operation, inputs, [output], context.GetNodeName(Prefixed(operation)), "");
        foreach (var attribute in attributes)
        {
            if (attribute.IsList)
                node.AddAttribute(attribute.Name, (IEnumerable<long>)[attribute.Value]);
            else
                node.AddAttribute(attribute.Name, attribute.Value);
        }
    }

    private string Prefixed(string name) => $"{prefix}/{name}";
}
