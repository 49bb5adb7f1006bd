using Microsoft.ML;
using Microsoft.ML.Runtime;
using Vae.MLNet.Internals;
using Vae.MLNet.Persistence;
using Vae.MLNet.Rows;
using Vae.MLNet.Training;
using Vae.Options;
using Vae.Selection;

namespace Vae.MLNet;

/// <summary>A selection among models that embed columns of a data view.</summary>
internal sealed class EmbeddingSelection(IHost host, VaeEmbeddingEstimator.Options options)
{
    private readonly EstimatorPlan _plan = new(host, options);

    /// <summary>Compares candidates, by what comes after the embedding if there is a metric.</summary>
    public SelectionResult Run(
        IDataView data,
        IReadOnlyList<VaeOptions> candidates,
        Func<IDataView, double>? metric,
        IEstimator<ITransformer>? downstream,
        SelectionOptions selection)
    {
        var rows = _plan.Open(host, data);
        return Run(rows, candidates, metric is null ? selection : selection with { Metric = Measure });

        double Measure(VaeModel model, SelectionFold fold)
        {
            var content = new TransformerContent(model, rows.Inputs, _plan.OutputColumnName, _plan.AdditionalColumns, _plan.ReasonCount);
            var embedding = new VaeEmbeddingTransformer(host, content);
            var heldOut = embedding.Transform(new SelectedDataView(data, fold.IsHeldOut));
            if (downstream is null) return metric(heldOut);
            var training = embedding.Transform(new SelectedDataView(data, row => !fold.IsHeldOut(row)));
            return metric(downstream.Fit(training).Transform(heldOut));
        }
    }

    private SelectionResult Run(DataViewRows rows, IReadOnlyList<VaeOptions> candidates, SelectionOptions selection)
    {
        Hosting.ThrowIfCanceled(host);
        using var channel = host.Start("Selection");
        var trainer = TrainerResolver.Resolve(_plan.Trainer, host, channel);
        VaeOptions[] models = [.. candidates.Select(ToModelOptions)];
        var log = new SelectionLog(channel, selection.Progress);
        var result = new ModelTraining(host, channel).Run(
            rows, _plan.Training,
            context => VaeSelection.Run(trainer, rows, models, selection with { Progress = log }, context), _ => []);
        log.Report(result);
        return result;
    }

    /// <summary>A candidate with the seed and the units of the estimator.</summary>
    private VaeOptions ToModelOptions(VaeOptions candidate)
    {
        Errors.NotNull(host, candidate, "candidates");
        return candidate with
        {
            Seed = options.Seed is null && candidate.IsSeedChosen ? candidate.Seed : _plan.Model.Seed,
            EmbeddingScale = options.EmbeddingScale ?? candidate.EmbeddingScale,
        };
    }
}
