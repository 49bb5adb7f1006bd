using Microsoft.ML.Runtime;
using Vae.Features;
using Vae.MLNet.Closed;
using Vae.MLNet.Columns;

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
        Errors.NotNull(host, options.LikelihoodOverrides, nameof(options.LikelihoodOverrides));
        Errors.NotNull(host, options.Model, nameof(options.Model));
        InputColumnNames = options.InputColumnNames.Count > 0 ? [.. options.InputColumnNames] : [OutputColumnName];
        ExampleWeightColumnName = options.ExampleWeightColumnName;
        AdditionalColumns = options.AdditionalColumns;
        if ((AdditionalColumns & ~VaeOutputColumns.All) != 0) throw Errors.Option(host, nameof(options.AdditionalColumns), $"There are no columns '{AdditionalColumns}'.");
        LikelihoodOverrides = new Dictionary<string, FeatureKind>(options.LikelihoodOverrides);
        foreach (var (name, kind) in LikelihoodOverrides)
        {
            if (!Enum.IsDefined(kind)) throw Errors.Option(host, nameof(options.LikelihoodOverrides), $"'{name}' has no kind '{kind}'.");
        }

        if (!Enum.IsDefined(options.Trainer)) throw Errors.Option(host, nameof(options.Trainer), $"There is no trainer '{options.Trainer}'.");
        if (options.NumberOfThreads is < 1) throw Errors.Option(host, nameof(options.NumberOfThreads), "There must be at least one thread.");
        CheckNames(host);
        Model = options.Model with { Seed = options.Seed ?? host.Rand.Next() };
        try
        {
            Model.Validate();
        }
        catch (ArgumentException exception)
        {
            throw Errors.Option(host, exception.ParamName ?? nameof(options.Model), exception.Message);
        }
    }

    public string OutputColumnName { get; }

    public IReadOnlyList<string> InputColumnNames { get; }

    public string? ExampleWeightColumnName { get; }

    public VaeOutputColumns AdditionalColumns { get; }

    public IReadOnlyDictionary<string, FeatureKind> LikelihoodOverrides { get; }

    public VaeOptions Model { get; }

    /// <summary>A single input may be replaced by the embedding; otherwise no column may be input and output.</summary>
    private void CheckNames(IHost host)
    {
        foreach (string name in InputColumnNames)
        {
            if (string.IsNullOrWhiteSpace(name)) throw Errors.Option(host, nameof(InputColumnNames), "An input column needs a name.");
        }

        if (InputColumnNames.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { Key: var twice })
            throw Errors.Option(host, nameof(InputColumnNames), $"Input column '{twice}' specified multiple times.");
        var outputs = OutputColumn.All(OutputColumnName, AdditionalColumns).Select(output => output.Name).ToArray();
        var taken = outputs.Where((name, i) => InputColumnNames.Contains(name) && !(i == 0 && InputColumnNames.Count == 1)).FirstOrDefault();
        if (taken is not null) throw Errors.Option(host, nameof(OutputColumnName), $"Column '{taken}' cannot be an input and an output at the same time.");
        if (ExampleWeightColumnName is not null && (outputs.Contains(ExampleWeightColumnName) || InputColumnNames.Contains(ExampleWeightColumnName)))
            throw Errors.Option(host, nameof(ExampleWeightColumnName), $"Column '{ExampleWeightColumnName}' cannot hold the weights and be an input or output.");
    }
}
