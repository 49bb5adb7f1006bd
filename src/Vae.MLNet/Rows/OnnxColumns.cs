using Microsoft.ML;
using Vae.Export;
using Vae.Export.Onnx;
using Vae.MLNet.Columns;
using Vae.MLNet.Internals;

namespace Vae.MLNet.Rows;

/// <summary>The appended columns in the graph that ML.NET's converter makes of a pipeline.</summary>
/// <param name="graph">The pipeline so far.</param>
/// <param name="inputs">The columns that are read.</param>
internal sealed class OnnxColumns(OnnxContextGraph graph, IReadOnlyList<InputColumn> inputs)
{
    private readonly Dictionary<string, string> _slots = [];

    /// <summary>Adds a model, and its outputs as columns.</summary>
    /// <param name="model">The model that the rows go through.</param>
    /// <param name="kinds">What the columns hold.</param>
    /// <param name="columns">The columns.</param>
    public void Append(VaeModel model, OutputColumnKinds[] kinds, DataViewSchema.DetachedColumn[] columns)
    {
        if (!inputs.All(input => graph.Has(input.Name)))
        {
            Array.ForEach(columns, graph.Drop);
            return;
        }

        graph.RequireOperatorSet(OnnxOperators.OldestOperatorSet, nameof(VaeModel));
        var scoring = ScoringGraph.Of(model.Parts, kinds.Select(Output).Aggregate((all, output) => all | output));
        var operators = new OnnxOperators(graph, Slots);
        for (int i = 0; i < columns.Length; i++)
        {
            if (scoring.Outputs.TryGetValue(Output(kinds[i]), out var output))
                graph.Append(columns[i], operators.Add(output));
            else
                graph.Drop(columns[i]);
        }
    }

    /// <summary>What the graph calls the content of a column; 0 if it has none, as for words.</summary>
    private static ScoringOutputs Output(OutputColumnKinds kind) => kind switch
    {
        OutputColumnKinds.Embedding => ScoringOutputs.Embedding,
        OutputColumnKinds.LogVariance => ScoringOutputs.LogVariance,
        OutputColumnKinds.Score => ScoringOutputs.Score,
        OutputColumnKinds.CellScores => ScoringOutputs.CellScores,
        OutputColumnKinds.Reconstruction => ScoringOutputs.Reconstruction,
        _ => 0,
    };

    /// <summary>A run of slots of the row, which may be a part of a column or reach over several.</summary>
    private string Slots(SlotsNode run)
    {
        var parts = new List<string>();
        int start = 0;
        foreach (var input in inputs)
        {
            int first = Math.Max(run.Start, start);
            int end = Math.Min(run.Start + run.Width, start + input.SlotCount);
            if (first < end)
            {
                string slots = Slots(input);
                bool whole = end - first == input.SlotCount;
                parts.Add(whole ? slots : OnnxOperators.Columns(graph, slots, first - start, end - first));
            }

            start += input.SlotCount;
        }

        return OnnxOperators.Concat(graph, parts);
    }

    /// <summary>All slots of a column.</summary>
    private string Slots(InputColumn input)
    {
        if (_slots.TryGetValue(input.Name, out string? slots)) return slots;
        slots = OnnxOperators.ToFloat(graph, graph.Column(input.Name));
        if (input.Kind == InputColumnKind.Key) slots = OnnxOperators.OneHot(graph, slots, 1, input.SlotCount);
        _slots.Add(input.Name, slots);
        return slots;
    }
}
