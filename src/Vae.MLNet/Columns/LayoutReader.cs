using Microsoft.ML;
using Microsoft.ML.Runtime;
using Vae.Data;
using Vae.MLNet.Internals;

namespace Vae.MLNet.Columns;

/// <summary>
/// Makes a <see cref="FeatureLayout"/> of a schema: numeric, binary or one-hot by type, by annotation or, before both, by the
/// user's word.
/// </summary>
internal sealed class LayoutReader
{
    private readonly IExceptionContext _errors;
    private readonly IReadOnlyDictionary<string, FeatureKind> _featureKinds;
    private readonly HashSet<string> _unused;

    private LayoutReader(IExceptionContext errors, IReadOnlyDictionary<string, FeatureKind> featureKinds)
    {
        _errors = errors;
        _featureKinds = featureKinds;
        _unused = [.. featureKinds.Keys];
    }

    /// <summary>The layout of a row that consists of the columns' slots, one column behind the other; conditions come last.</summary>
    public static FeatureLayout Read(
        IExceptionContext errors,
        DataViewSchema schema,
        IReadOnlyList<InputColumn> inputs,
        IReadOnlyDictionary<string, FeatureKind> featureKinds)
    {
        var reader = new LayoutReader(errors, featureKinds);
        var builder = new FeatureLayoutBuilder();
        bool several = inputs.Count(input => input.Role == InputColumnRole.Modelled) > 1;
        foreach (var input in inputs)
        {
            bool isCondition = input.Role == InputColumnRole.Condition;
            if (isCondition) builder.Conditions();
            var column = new ColumnSlots(input, schema[input.Name], several || isCondition);
            reader.ApplyFeatureKinds(column);
            try
            {
                reader.Append(builder, column);
            }
            catch (ArgumentException exception) when (exception.Data.Count == 0)
            {
                throw Errors.Marked(errors, exception);
            }
        }

        return reader._unused.Count == 0
            ? builder.Build()
            : throw reader.Invalid($"No input column or slot is called '{reader._unused.First()}'.");
    }

    private void Append(FeatureLayoutBuilder builder, ColumnSlots column)
    {
        int next = 0;
        SlotRun? last = null;
        foreach (var run in column.Runs.OrderBy(run => run.Start))
        {
            if (run.Start < next) throw Overlapping(column, last!, run);
            if (run.Start > next) builder.Add(column.Input.Name, FeatureKind.Numeric, column.Names[next..run.Start]);
            builder.Add(run.Name, run.Kind, column.Names[run.Start..run.End]);
            next = run.End;
            last = run;
        }

        if (next < column.Names.Length) builder.Add(column.Input.Name, FeatureKind.Numeric, column.Names[next..]);
    }

    private void ApplyFeatureKinds(ColumnSlots column)
    {
        string columnName = column.Input.Name;
        if (_featureKinds.TryGetValue(columnName, out var kind)) Replace(column, new SlotRun(columnName, kind, 0, column.Names.Length));
        foreach (var (name, slotKind) in _featureKinds)
            ReplaceSlots(column, name, slotKind, slot => slot.StartsWith(name + ".", StringComparison.Ordinal));
        foreach (var (name, slotKind) in _featureKinds)
            ReplaceSlots(column, name, slotKind, slot => slot == name);
    }

    private void ReplaceSlots(ColumnSlots column, string name, FeatureKind kind, Predicate<string> belongs)
    {
        int first = Array.FindIndex(column.Names, belongs);
        if (first < 0 || name == column.Input.Name) return;
        int end = Array.FindLastIndex(column.Names, belongs) + 1;
        if (!Array.TrueForAll(column.Names[first..end], belongs))
            throw Invalid($"The slots of '{name}' in column '{column.Input.Name}' are not neighbours.");
        Replace(column, new SlotRun(name, kind, first, end - first));
    }

    private void Replace(ColumnSlots column, SlotRun run)
    {
        _unused.Remove(run.Name);
        if (run is { Kind: FeatureKind.OneHot, Length: 1 })
        {
            throw Invalid(
                $"'{run.Name}' is a single slot, which cannot be a one-hot group: name the column or the group, or make the slot binary.");
        }

        var cut = column.Runs.Find(other =>
            other.Start < run.End && run.Start < other.End && (other.Start < run.Start || other.End > run.End));
        if (cut is not null)
        {
            throw Invalid(
                $"'{run.Name}' is only a part of the categorical value '{cut.Name}' in column '{column.Input.Name}': name the whole.");
        }

        column.Runs.RemoveAll(other => other.Start >= run.Start && other.End <= run.End);
        if (run.Kind != FeatureKind.Numeric) column.Runs.Add(run);
    }

    /// <summary>Two categorical values that share slots; the user's word for the whole column would have replaced both.</summary>
    private Exception Overlapping(ColumnSlots column, SlotRun first, SlotRun second) => Errors.WrongType(
        _errors, "input", InputColumn.Word(column.Input.Role), column.Input.Name, "CategoricalSlotRanges that do not overlap",
        $"{first.Start}..{first.End - 1} and {second.Start}..{second.End - 1}; FeatureKinds can say what the whole column holds");

    private Exception Invalid(string message) => Errors.Option(_errors, "FeatureKinds", message);
}
