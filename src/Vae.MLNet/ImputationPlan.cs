using Microsoft.ML;
using Microsoft.ML.Runtime;
using Vae.Imputation;
using Vae.MLNet.Columns;
using Vae.MLNet.Internals;

namespace Vae.MLNet;

/// <summary>The checked options of an estimator of imputers.</summary>
internal sealed record ImputationPlan : TrainingPlan
{
    /// <exception cref="ArgumentOutOfRangeException">An option is not valid; the message names it.</exception>
    public ImputationPlan(IHost host, VaeImputationEstimator.Options options)
        : base(host, options)
    {
        const string outputs = nameof(options.OutputColumnNames);
        Require(host, InputColumnNames.Count > 0, nameof(InputColumnNames), "An imputer needs an input column.");
        OutputColumnNames = [.. options.OutputColumnNames ?? InputColumnNames];
        Probabilities = options.Probabilities;
        Require(
            host, OutputColumnNames.Count == InputColumnNames.Count, outputs,
            $"There are {OutputColumnNames.Count} names for the {InputColumnNames.Count} input columns.");
        Require(host, !OutputColumnNames.Any(string.IsNullOrWhiteSpace), outputs, "Output columns need names.");
        string? twice = OutputColumnNames.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1)?.Key;
        Require(host, twice is null, outputs, $"Output column '{twice}' specified multiple times.");
        string[] appended =
        [
            .. OutputColumnNames.Where((name, i) => name != InputColumnNames[i]),
            .. Probabilities ? OutputColumnNames.Select(FilledColumn.ProbabilitiesOf) : [],
        ];
        CheckNames(host, outputs, [.. OutputColumnNames.Concat(appended)], appended);
        Imputation = new ImputationOptions
        {
            Model = options.ToModelOptions(host.Rand.Next),
            ModelCount = options.ModelCount,
            Samples = options.Samples,
            Numbers = options.Numbers,
        };
        Check(host, nameof(options.Model), Imputation.Validate);
    }

    /// <summary>The names of the filled columns, in the order of the input columns.</summary>
    public IReadOnlyList<string> OutputColumnNames { get; }

    /// <summary>Whether the probabilities of categories are appended.</summary>
    public bool Probabilities { get; }

    /// <summary>The options of the imputer, with the seed.</summary>
    public ImputationOptions Imputation { get; }

    /// <summary>The shapes of the columns that will be filled and appended, given those of a table that has the input columns.</summary>
    public IEnumerable<SchemaShape.Column> Fill(IHost host, SchemaShape inputSchema)
    {
        var columns = OutputColumnNames.Zip(InputColumnNames).ToArray();
        var copied = Shapes.Copy(host, inputSchema, Array.FindAll(columns, column => column.First != column.Second));
        foreach (var (output, input) in columns)
        {
            var column = copied.First(candidate => candidate.Name == output);
            yield return column;
            bool hasSlots = column.IsKey || column.Kind == SchemaShape.Column.VectorKind.Vector;
            if (Probabilities && hasSlots) yield return Shapes.Of(OutputColumn.Vector(FilledColumn.ProbabilitiesOf(output), [input]));
        }
    }
}
