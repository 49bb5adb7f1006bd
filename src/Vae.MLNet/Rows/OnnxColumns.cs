using Microsoft.ML;
using Microsoft.ML.Data;
using Vae.Detection;
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
        var scoring = ScoringGraph.Of(model.Parts, kinds.Select(Output).Aggregate((all, output) => all | output));
        Append([.. kinds.Select(kind => scoring.Outputs.GetValueOrDefault(Output(kind)))], columns, nameof(VaeModel));
    }

    /// <summary>Adds a detector, and what it says as columns.</summary>
    /// <param name="detector">The detector that the rows go through.</param>
    /// <param name="kinds">What the columns hold.</param>
    /// <param name="columns">The columns.</param>
    public void Append(VaeDetector detector, DetectionColumnKind[] kinds, DataViewSchema.DetachedColumn[] columns)
    {
        var detection = new DetectorGraph(detector);
        ScoringNode?[] results = Array.ConvertAll(kinds, kind => kind switch
        {
            DetectionColumnKind.Score => detection.Score,
            DetectionColumnKind.PValue => detection.PValue,
            DetectionColumnKind.PredictedLabel => detection.PredictedLabel,
            _ => null,
        });
        Append(results, columns, nameof(VaeDetector));
    }

    /// <summary>Adds columns; those that no node computes, as of words, are not in the graph.</summary>
    private void Append(ScoringNode?[] results, DataViewSchema.DetachedColumn[] columns, string name)
    {
        if (!inputs.All(input => graph.Has(input.Name)))
        {
            Array.ForEach(columns, graph.Drop);
            return;
        }

        graph.RequireOperatorSet(OnnxOperators.OldestOperatorSet, name);
        var operators = new OnnxOperators(graph, Slots);
        for (int i = 0; i < columns.Length; i++)
        {
            if (results[i] is not { } result)
            {
                graph.Drop(columns[i]);
                continue;
            }

            string value = operators.Add(result);
            graph.Append(columns[i], columns[i].Type is BooleanDataViewType ? OnnxOperators.ToBoolean(graph, value) : value);
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
