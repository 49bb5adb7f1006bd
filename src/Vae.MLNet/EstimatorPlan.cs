using Microsoft.ML.Runtime;
using Vae.MLNet.Columns;
using Vae.Options;

namespace Vae.MLNet;

/// <summary>The checked options of an estimator of embeddings.</summary>
internal sealed record EstimatorPlan : TrainingPlan
{
    /// <exception cref="ArgumentOutOfRangeException">An option is not valid; the message names it.</exception>
    public EstimatorPlan(IHost host, VaeEmbeddingEstimator.Options options)
        : base(host, options)
    {
        OutputColumnName = options.OutputColumnName;
        if (InputColumnNames.Count == 0) InputColumnNames = [OutputColumnName];
        AdditionalColumns = (OutputColumnKinds)options.AdditionalColumns;
        Require(host, !string.IsNullOrWhiteSpace(OutputColumnName), nameof(OutputColumnName), "The output column needs a name.");
        var unknown = AdditionalColumns & ~OutputColumnKinds.Additional;
        Require(host, unknown == 0, nameof(AdditionalColumns), $"There are no columns '{options.AdditionalColumns}'.");
        ReasonCount = CheckReasons(host, options.ReasonCount);

        // A single input may be replaced by the embedding.
        string[] outputs = [.. Outputs.Select(output => output.Name)];
        CheckNames(host, nameof(OutputColumnName), outputs, InputColumnNames.Count == 1 ? outputs[1..] : outputs);
        var model = options.ToModelOptions(host.Rand.Next);
        Model = model with { EmbeddingScale = options.EmbeddingScale ?? model.EmbeddingScale };
        Check(host, nameof(options.Model), Model.Validate);
        AnchorWeight = options.AnchorWeight;
        bool isWeight = AnchorWeight >= 0 && double.IsFinite(AnchorWeight);
        Require(host, isWeight, nameof(AnchorWeight), "The weight of the anchor must be a finite number that is not negative.");
    }

    public string OutputColumnName { get; }

    public OutputColumnKinds AdditionalColumns { get; }

    /// <summary>The number of reasons, if there is a column of them.</summary>
    public int ReasonCount { get; }

    /// <summary>The columns that will be appended.</summary>
    public OutputColumn[] Outputs => OutputColumn.All(OutputColumnName, AdditionalColumns);

    /// <summary>λ of the anchor to an earlier model.</summary>
    public double AnchorWeight { get; }

    /// <summary>The options of the model, with the seed.</summary>
    public VaeOptions Model { get; }
}
