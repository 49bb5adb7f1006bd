using Microsoft.ML;
using Microsoft.ML.Data;
using Vae.Data;

namespace Vae.MLNet.Columns;

/// <summary>A column that an imputer fills, or the probabilities of its categories.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="Input">The column that it is made of.</param>
/// <param name="Start">The first slot of the input in a row.</param>
/// <param name="IsProbabilities">Whether it holds probabilities, one for each slot.</param>
internal sealed record FilledColumn(string Name, InputColumn Input, int Start, bool IsProbabilities)
{
    /// <summary>The name of the probabilities of a filled column.</summary>
    public static string ProbabilitiesOf(string output) => $"{output}Probabilities";

    /// <summary>The columns that an imputer fills and appends, in the order of its input columns.</summary>
    /// <param name="inputs">All columns that are read, conditions included.</param>
    /// <param name="outputs">The names of the filled columns.</param>
    /// <param name="probabilities">Whether probabilities are appended.</param>
    public static IEnumerable<FilledColumn> All(IEnumerable<InputColumn> inputs, IEnumerable<string> outputs, bool probabilities)
    {
        int start = 0;
        foreach (var (input, output) in inputs.Zip(outputs))
        {
            yield return new FilledColumn(output, input, start, IsProbabilities: false);
            bool hasSlots = input.Kind is InputColumnKind.Key or InputColumnKind.Vector;
            if (probabilities && hasSlots) yield return new FilledColumn(ProbabilitiesOf(output), input, start, IsProbabilities: true);
            start += input.SlotCount;
        }
    }

    /// <summary>The column's type and annotations: those of the input, or a vector with the slots' names.</summary>
    /// <param name="schema">The schema of the input.</param>
    /// <param name="layout">What the slots of a row mean.</param>
    public DataViewSchema.DetachedColumn Describe(DataViewSchema schema, FeatureLayout layout)
    {
        var column = schema[Input.Name];
        return IsProbabilities
            ? OutputColumn.Vector(Name, [.. Enumerable.Range(Start, Input.SlotCount).Select(layout.GetSlotName)])
            : new DataViewSchema.DetachedColumn(Name, column.Type, column.Annotations);
    }
}
