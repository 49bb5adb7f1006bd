using Microsoft.ML;
using Microsoft.ML.Runtime;
using Vae.Detection;
using Vae.MLNet;
using Vae.MLNet.Columns;

namespace Vae.Reports.Rows;

/// <summary>The autoencoder in a pipeline, with the data before it and after the whole pipeline.</summary>
/// <param name="Model">The model; of a detector with several the first.</param>
/// <param name="Detector">The detector, or null.</param>
/// <param name="Host">Whose exceptions.</param>
/// <param name="Inputs">The columns that the model reads.</param>
/// <param name="Input">The data before.</param>
/// <param name="Output">The same rows after the whole pipeline.</param>
internal sealed record PipelineStep(
    VaeModel Model, VaeDetector? Detector, IHost Host, InputColumn[] Inputs, IDataView Input, IDataView Output)
{
    /// <summary>Finds it; of several the first.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static PipelineStep Find(ITransformer pipeline, IDataView data)
    {
        PipelineStep? found = null;
        foreach (var transformer in Flatten(pipeline))
        {
            found ??= Of(transformer, data);
            data = transformer.Transform(data);
        }

        return found is null
            ? throw new ArgumentException(
                "There is nothing to report: the pipeline has neither VaeEmbed nor VaeDetect.", nameof(pipeline))
            : found with { Output = data };
    }

    private static PipelineStep? Of(ITransformer transformer, IDataView data) => transformer switch
    {
        VaeEmbeddingTransformer embedding =>
            new PipelineStep(embedding.Model, null, embedding.Host, embedding.Content.Inputs, data, data),
        VaeDetectionTransformer detection =>
            new PipelineStep(detection.Detector.Models[0], detection.Detector, detection.Host, detection.Content.Inputs, data, data),
        _ => null,
    };

    private static IEnumerable<ITransformer> Flatten(ITransformer transformer) =>
        transformer is IEnumerable<ITransformer> chain ? chain.SelectMany(Flatten) : [transformer];
}
