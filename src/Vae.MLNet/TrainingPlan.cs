using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Vae.Data;
using Vae.MLNet.Columns;
using Vae.MLNet.Internals;
using Vae.MLNet.Rows;
using Vae.Training;

namespace Vae.MLNet;

/// <summary>The checked options that all estimators have in common, which no later change of the user's object reaches.</summary>
internal abstract record TrainingPlan
{
    private const string WeightRole = "example weight";

    /// <exception cref="ArgumentOutOfRangeException">An option is not valid; the message names it.</exception>
    protected TrainingPlan(IHost host, VaeTrainingOptions options)
    {
        Errors.NotNull(host, options.InputColumnNames, nameof(options.InputColumnNames));
        Errors.NotNull(host, options.ConditionColumnNames, nameof(options.ConditionColumnNames));
        Errors.NotNull(host, options.FeatureKinds, nameof(options.FeatureKinds));
        Errors.NotNull(host, options.Model, nameof(options.Model));
        InputColumnNames = [.. options.InputColumnNames];
        ConditionColumnNames = [.. options.ConditionColumnNames];
        ExampleWeightColumnName = options.ExampleWeightColumnName;
        FeatureKinds = new Dictionary<string, FeatureKind>(options.FeatureKinds);
        Trainer = options.Trainer;
        Training = new TrainingContext
        {
            ThreadCount = options.ThreadCount,
            CancellationToken = options.CancellationToken,
            CancellationBehavior = options.CancellationBehavior,
            Checkpoints = options.Checkpoints,
            MemoryBudget = options.MemoryBudget,
            Progress = options.Progress,
        };
        foreach (var (name, kind) in FeatureKinds)
            Require(host, Enum.IsDefined(kind), nameof(FeatureKinds), $"'{name}' has no kind '{kind}'.");
        Require(host, Enum.IsDefined(Trainer), nameof(Trainer), $"There is no trainer '{Trainer}'.");
        Check(host, nameof(options.Checkpoints), Training.Validate);
    }

    public IReadOnlyList<string> InputColumnNames { get; protected init; }

    public IReadOnlyList<string> ConditionColumnNames { get; }

    /// <summary>The columns in the order of their slots in a row.</summary>
    public IEnumerable<(string Name, InputColumnRole Role)> Columns => InputColumnNames.Select(name => (name, InputColumnRole.Modelled))
        .Concat(ConditionColumnNames.Select(name => (name, InputColumnRole.Condition)));

    public string? ExampleWeightColumnName { get; }

    public IReadOnlyDictionary<string, FeatureKind> FeatureKinds { get; }

    public TrainerKind Trainer { get; }

    /// <summary>What surrounds a training, as far as the user chose it.</summary>
    public TrainingContext Training { get; }

    /// <summary>Finds and checks the columns of a table.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or has a type that cannot be read.</exception>
    public DataViewRows Open(IHost host, IDataView input)
    {
        InputColumn[] inputs =
        [
            .. Columns.Select(column => InputColumn.Find(host, input.Schema, nameof(input), column.Name, column.Role)),
        ];
        if (ExampleWeightColumnName is { } weight) CheckWeight(host, input.Schema, weight);
        var layout = LayoutReader.Read(host, input.Schema, inputs, FeatureKinds);
        return new DataViewRows(host, input, inputs, layout, ExampleWeightColumnName);
    }

    /// <summary>Checks the columns of a table of which only the shape is known.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or has a type that cannot be read.</exception>
    public void Check(IHost host, SchemaShape inputSchema)
    {
        foreach (var (name, role) in Columns)
            InputColumn.Check(host, inputSchema, nameof(inputSchema), name, role);
        if (ExampleWeightColumnName is { } weight) CheckWeight(host, inputSchema, weight);
    }

    /// <summary>Makes an error of ML.NET's of what a validation objects to.</summary>
    protected static void Check(IHost host, string option, Action validate)
    {
        try
        {
            validate();
        }
        catch (ArgumentException exception)
        {
            throw Errors.Option(host, exception.ParamName ?? option, exception.Message);
        }
    }

    protected static void Require(IHost host, bool valid, string option, string message)
    {
        if (!valid) throw Errors.Option(host, option, message);
    }

    /// <summary>Checks the number of reasons.</summary>
    protected static int CheckReasons(IHost host, int reasonCount)
    {
        bool valid = reasonCount is > 0 and <= OutputColumn.MostReasons;
        Require(host, valid, "ReasonCount", $"There may be 1 to {OutputColumn.MostReasons} reasons, not {reasonCount}.");
        return reasonCount;
    }

    /// <summary>No column may be two things at once.</summary>
    /// <param name="host">Whose errors.</param>
    /// <param name="outputOption">The option that names the outputs.</param>
    /// <param name="outputs">The columns that will be appended.</param>
    /// <param name="appended">Those of them that must not be inputs.</param>
    protected void CheckNames(IHost host, string outputOption, string[] outputs, string[] appended)
    {
        CheckNames(host, nameof(InputColumnNames), "Input", InputColumnNames);
        CheckNames(host, nameof(ConditionColumnNames), "Condition", ConditionColumnNames);
        CheckApart(nameof(ConditionColumnNames), ConditionColumnNames, InputColumnNames, "a condition and an input");
        CheckApart(outputOption, appended, InputColumnNames, "an input and an output");
        CheckApart(nameof(ConditionColumnNames), ConditionColumnNames, outputs, "a condition and an output");
        if (ExampleWeightColumnName is { } weight && outputs.Concat(InputColumnNames).Concat(ConditionColumnNames).Contains(weight))
        {
            throw Errors.Option(
                host, nameof(ExampleWeightColumnName), $"Column '{weight}' cannot hold the weights and be an input, condition or output.");
        }

        void CheckApart(string option, IEnumerable<string> names, IReadOnlyList<string> others, string both)
        {
            if (names.FirstOrDefault(others.Contains) is { } name)
                throw Errors.Option(host, option, $"Column '{name}' cannot be {both} at the same time.");
        }
    }

    private static void CheckNames(IHost host, string option, string role, IReadOnlyList<string> names)
    {
        if (names.Any(string.IsNullOrWhiteSpace)) throw Errors.Option(host, option, $"{role} columns need names.");
        if (names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { Key: var twice })
            throw Errors.Option(host, option, $"{role} column '{twice}' specified multiple times.");
    }

    private static void CheckWeight(IHost host, DataViewSchema schema, string name)
    {
        var column = schema.GetColumnOrNull(name) ?? throw Errors.MissingColumn(host, "input", WeightRole, name);
        if (column.Type == NumberDataViewType.Single) return;
        throw Errors.WrongType(host, "input", WeightRole, name, "Single", InputColumn.Describe(column.Type));
    }

    private static void CheckWeight(IHost host, SchemaShape shape, string name)
    {
        var column = shape.FirstOrDefault(candidate => candidate.Name == name);
        if (column.Name is null) throw Errors.MissingColumn(host, "inputSchema", WeightRole, name);
        bool scalar = column is { Kind: SchemaShape.Column.VectorKind.Scalar, IsKey: false };
        if (scalar && column.ItemType == NumberDataViewType.Single) return;
        throw Errors.WrongType(host, "inputSchema", WeightRole, name, "Single", InputColumn.Describe(column));
    }
}
