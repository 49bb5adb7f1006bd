using Microsoft.ML.Runtime;
using Vae.Data;
using Vae.MLNet.Columns;
using Vae.MLNet.Internals;
using Vae.Options;

namespace Vae.MLNet;

/// <summary>The checked options of an estimator, which no later change of the user's object reaches.</summary>
internal sealed class EstimatorPlan
{
    /// <exception cref="ArgumentOutOfRangeException">An option is not valid; the message names it.</exception>
    public EstimatorPlan(IHost host, VaeEmbeddingEstimator.Options options)
    {
        OutputColumnName = options.OutputColumnName;
        if (string.IsNullOrWhiteSpace(OutputColumnName)) throw Errors.Option(host, nameof(options.OutputColumnName), "The output column needs a name.");
        Errors.NotNull(host, options.InputColumnNames, nameof(options.InputColumnNames));
        Errors.NotNull(host, options.ConditionColumnNames, nameof(options.ConditionColumnNames));
        Errors.NotNull(host, options.FeatureKinds, nameof(options.FeatureKinds));
        Errors.NotNull(host, options.Model, nameof(options.Model));
        InputColumnNames = options.InputColumnNames.Count > 0 ? [.. options.InputColumnNames] : [OutputColumnName];
        ConditionColumnNames = [.. options.ConditionColumnNames];
        ExampleWeightColumnName = options.ExampleWeightColumnName;
        AdditionalColumns = options.AdditionalColumns;
        if ((AdditionalColumns & ~VaeOutputColumns.All) != 0) throw Errors.Option(host, nameof(options.AdditionalColumns), $"There are no columns '{AdditionalColumns}'.");
        FeatureKinds = new Dictionary<string, FeatureKind>(options.FeatureKinds);
        foreach (var (name, kind) in FeatureKinds)
        {
            if (!Enum.IsDefined(kind)) throw Errors.Option(host, nameof(options.FeatureKinds), $"'{name}' has no kind '{kind}'.");
        }

        if (!Enum.IsDefined(options.Trainer)) throw Errors.Option(host, nameof(options.Trainer), $"There is no trainer '{options.Trainer}'.");
        if (options.ThreadCount is < 1) throw Errors.Option(host, nameof(options.ThreadCount), "There must be at least one thread.");
        if (!Enum.IsDefined(options.CancellationBehavior))
            throw Errors.Option(host, nameof(options.CancellationBehavior), $"There is no behavior '{options.CancellationBehavior}'.");
        if (options.MemoryBudget < 0) throw Errors.Option(host, nameof(options.MemoryBudget), "The memory cannot be negative.");
        CheckNames(host);
        Model = options.Model with { Seed = options.Seed ?? host.Rand.Next() };
        Check(host, nameof(options.Model), Model.Validate);
        if (options.Checkpoints is { } checkpoints) Check(host, nameof(options.Checkpoints), checkpoints.Validate);
    }

    public string OutputColumnName { get; }

    public IReadOnlyList<string> InputColumnNames { get; }

    public IReadOnlyList<string> ConditionColumnNames { get; }

    /// <summary>The columns in the order of their slots in a row.</summary>
    public IEnumerable<(string Name, InputColumnRole Role)> Columns => InputColumnNames.Select(name => (name, InputColumnRole.Modelled))
        .Concat(ConditionColumnNames.Select(name => (name, InputColumnRole.Condition)));

    public string? ExampleWeightColumnName { get; }

    public VaeOutputColumns AdditionalColumns { get; }

    public IReadOnlyDictionary<string, FeatureKind> FeatureKinds { get; }

    public VaeOptions Model { get; }

    private static void Check(IHost host, string option, Action validate)
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

    /// <summary>A single input may be replaced by the embedding; otherwise no column may be input and output.</summary>
    private void CheckNames(IHost host)
    {
        CheckNames(host, nameof(InputColumnNames), "Input", InputColumnNames);
        CheckNames(host, nameof(ConditionColumnNames), "Condition", ConditionColumnNames);
        if (ConditionColumnNames.FirstOrDefault(InputColumnNames.Contains) is { } both)
            throw Errors.Option(host, nameof(ConditionColumnNames), $"Column '{both}' cannot be a condition and an input at the same time.");
        var outputs = OutputColumn.All(OutputColumnName, AdditionalColumns).Select(output => output.Name).ToArray();
        var taken = outputs.Where((name, i) => InputColumnNames.Contains(name) && !(i == 0 && InputColumnNames.Count == 1)).FirstOrDefault();
        if (taken is not null) throw Errors.Option(host, nameof(OutputColumnName), $"Column '{taken}' cannot be an input and an output at the same time.");
        if (ConditionColumnNames.FirstOrDefault(outputs.Contains) is { } replaced)
            throw Errors.Option(host, nameof(ConditionColumnNames), $"Column '{replaced}' cannot be a condition and an output at the same time.");
        if (ExampleWeightColumnName is not null && outputs.Concat(InputColumnNames).Concat(ConditionColumnNames).Contains(ExampleWeightColumnName))
            throw Errors.Option(host, nameof(ExampleWeightColumnName), $"Column '{ExampleWeightColumnName}' cannot hold the weights and be an input, condition or output.");
    }

    private static void CheckNames(IHost host, string option, string role, IReadOnlyList<string> names)
    {
        if (names.Any(string.IsNullOrWhiteSpace)) throw Errors.Option(host, option, $"{role} columns need names.");
        if (names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { Key: var twice })
            throw Errors.Option(host, option, $"{role} column '{twice}' specified multiple times.");
    }
}
