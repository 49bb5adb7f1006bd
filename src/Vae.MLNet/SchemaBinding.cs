using Microsoft.ML;
using Vae.MLNet.Internals;

namespace Vae.MLNet;

/// <summary>A transformer and a schema that it is applied to.</summary>
internal sealed class SchemaBinding
{
    private readonly VaeEmbeddingTransformer _transformer;
    private readonly int[] _inputIndices;

    /// <summary>Checks that the schema has the transformer's input columns and conditions.</summary>
    public SchemaBinding(VaeEmbeddingTransformer transformer, DataViewSchema schema)
    {
        Errors.NotNull(transformer.Host, schema, nameof(schema));
        _transformer = transformer;
        _inputIndices = [.. transformer.Inputs.Select(input => input.Bind(transformer.Host, schema, "inputSchema").Index)];
        string[] slotNames = [.. transformer.Model.Layout.Groups.SelectMany(group => group.SlotNames)];
        OutputColumns = Array.ConvertAll(transformer.Outputs, output => output.Describe(transformer.Model.LatentDimension, slotNames));
    }

    /// <summary>The appended columns.</summary>
    public DataViewSchema.DetachedColumn[] OutputColumns { get; }

    /// <summary>The columns that the active output columns need.</summary>
    public Func<int, bool> GetDependencies(Func<int, bool> activeOutput) =>
        Enumerable.Range(0, OutputColumns.Length).Any(activeOutput) ? _inputIndices.Contains : _ => false;

    /// <summary>The getters of the active output columns, and null for the others.</summary>
    public Delegate?[] CreateGetters(DataViewRow input, Func<int, bool> activeOutput)
    {
        var getters = new Delegate?[OutputColumns.Length];
        int[] active = [.. Enumerable.Range(0, getters.Length).Where(activeOutput)];
        if (active.Length == 0) return getters;
        var scorer = new RowScorer(_transformer, input, active.Select(i => _transformer.Outputs[i].Kind));
        foreach (int i in active)
            getters[i] = scorer.GetGetter(_transformer.Outputs[i].Kind);
        return getters;
    }
}
