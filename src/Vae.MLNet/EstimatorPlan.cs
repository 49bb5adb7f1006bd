using Microsoft.ML.Runtime;
using Vae.Data;
using Vae.MLNet.Columns;
using Vae.MLNet.Internals;
using Vae.Options;
using Vae.Training;

namespace Vae.MLNet;

/// <summary>The checked options of an estimator, which no later change of the user's object reaches.</summary>
internal sealed record EstimatorPlan
{
    /// <exception cref="ArgumentOutOfRangeException">An option is not valid; the message names it.</exception>
    public EstimatorPlan(IHost host, VaeEmbeddingEstimator.Options options)
    {
        Errors.NotNull(host, options.InputColumnNames, nameof(options.InputColumnNames));
        Errors.NotNull(host, options.ConditionColumnNames, nameof(options.ConditionColumnNames));
        Errors.NotNull(host, options.FeatureKinds, nameof(options.FeatureKinds));
        Errors.NotNull(host, options.Model, nameof(options.Model));
        OutputColumnName = options.OutputColumnName;
        InputColumnNames = options.InputColumnNames.Count > 0 ? [.. options.InputColumnNames] : [OutputColumnName];
        ConditionColumnNames = [.. options.ConditionColumnNames];
        ExampleWeightColumnName = options.ExampleWeightColumnName;
        AdditionalColumns = (OutputColumnKinds)options.AdditionalColumns;
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
        CheckOptions(host);
        CheckNames(host);
        Model = options.ToModelOptions(host.Rand.Next);
        Check(host, nameof(options.Model), Model.Validate);
        Check(host, nameof(options.Checkpoints), Training.Validate);
    }

    public string OutputColumnName { get; }

    public IReadOnlyList<string> InputColumnNames { get; }

    public IReadOnlyList<string> ConditionColumnNames { get; }

    /// <summary>The columns in the order of their slots in a row.</summary>
    public IEnumerable<(string Name, InputColumnRole Role)> Columns => InputColumnNames.Select(name => (name, InputColumnRole.Modelled))
        .Concat(ConditionColumnNames.Select(name => (name, InputColumnRole.Condition)));

    public string? ExampleWeightColumnName { get; }

    public OutputColumnKinds AdditionalColumns { get; }

    /// <summary>The columns that will be appended.</summary>
    public OutputColumn[] Outputs => OutputColumn.All(OutputColumnName, AdditionalColumns);

    public IReadOnlyDictionary<string, FeatureKind> FeatureKinds { get; }

    public TrainerKind Trainer { get; }

    /// <summary>What surrounds a training, as far as the user chose it.</summary>
    public TrainingContext Training { get; }

    /// <summary>The options of the model, with the seed.</summary>
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

    private void CheckOptions(IHost host)
    {
        Require(!string.IsNullOrWhiteSpace(OutputColumnName), nameof(OutputColumnName), "The output column needs a name.");
        var columns = (VaeOutputColumns)AdditionalColumns;
        Require((columns & ~VaeOutputColumns.All) == 0, nameof(AdditionalColumns), $"There are no columns '{columns}'.");
        foreach (var (name, kind) in FeatureKinds)
            Require(Enum.IsDefined(kind), nameof(FeatureKinds), $"'{name}' has no kind '{kind}'.");
        Require(Enum.IsDefined(Trainer), nameof(Trainer), $"There is no trainer '{Trainer}'.");

        void Require(bool valid, string option, string message)
        {
            if (!valid) throw Errors.Option(host, option, message);
        }
    }

    /// <summary>A single input may be replaced by the embedding; otherwise no column may be input and output.</summary>
    private void CheckNames(IHost host)
    {
        CheckNames(host, nameof(InputColumnNames), "Input", InputColumnNames);
        CheckNames(host, nameof(ConditionColumnNames), "Condition", ConditionColumnNames);
        string[] outputs = [.. Outputs.Select(output => output.Name)];
        var appended = InputColumnNames.Count == 1 ? outputs[1..] : outputs;
        CheckApart(nameof(ConditionColumnNames), ConditionColumnNames, InputColumnNames, "a condition and an input");
        CheckApart(nameof(OutputColumnName), appended, InputColumnNames, "an input and an output");
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
}
