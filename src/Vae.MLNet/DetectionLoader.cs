// Uses closed members of ML.NET: see build/FriendAccess and MLNetInternals.txt.
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Vae.MLNet;
using Vae.MLNet.Internals;
using Vae.MLNet.Persistence;

[assembly: LoadableClass(
    "Finds anomalies with a variational autoencoder.", typeof(VaeDetectionTransformer), typeof(DetectionLoader), null,
    typeof(SignatureLoadModel), "VAE Detection", ModelStream.DetectionLoader)]
[assembly: LoadableClass(
    typeof(IRowMapper), typeof(DetectionLoader), null, typeof(SignatureLoadRowMapper), "VAE Detection", ModelStream.DetectionLoader)]

namespace Vae.MLNet;

/// <summary>What <see cref="TransformerLoader"/> is for embeddings, for detectors.</summary>
internal static class DetectionLoader
{
    /// <summary>Reads a transformer.</summary>
    public static VaeDetectionTransformer Create(IHostEnvironment environment, ModelLoadContext context)
    {
        var host = environment.Register(ModelStream.DetectionLoader);
        return new VaeDetectionTransformer(
            host, ModelStream.Load(host, context, ModelStream.Detection, reader => DetectorFormat.Read(host, reader)));
    }

    /// <summary>Reads a transformer, and maps the rows of a schema through it.</summary>
    public static IRowMapper Create(IHostEnvironment environment, ModelLoadContext context, DataViewSchema schema) =>
        Create(environment, context).Map(schema);
}
