// Uses closed members of ML.NET: see build/FriendAccess and MLNetInternals.txt.
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Vae.MLNet;
using Vae.MLNet.Internals;
using Vae.MLNet.Persistence;

[assembly: LoadableClass(
    "Embeds rows with a variational autoencoder.", typeof(VaeEmbeddingTransformer), typeof(TransformerLoader), null,
    typeof(SignatureLoadModel), "VAE Embedding", ModelStream.EmbeddingLoader)]
[assembly: LoadableClass(
    typeof(IRowMapper), typeof(TransformerLoader), null, typeof(SignatureLoadRowMapper), "VAE Embedding", ModelStream.EmbeddingLoader)]

namespace Vae.MLNet;

/// <summary>
/// Called by ML.NET's catalog for a transformer in a model, or for its mapper in a saved data view. ML.NET finds the methods by their name
/// and parameters; a model names only the assembly and the signature.
/// </summary>
internal static class TransformerLoader
{
    /// <summary>Reads a transformer.</summary>
    public static VaeEmbeddingTransformer Create(IHostEnvironment environment, ModelLoadContext context)
    {
        var host = environment.Register(ModelStream.EmbeddingLoader);
        return new VaeEmbeddingTransformer(
            host, ModelStream.Load(host, context, ModelStream.Embedding, reader => TransformerFormat.Read(host, reader)));
    }

    /// <summary>Reads a transformer, and maps the rows of a schema through it.</summary>
    public static IRowMapper Create(IHostEnvironment environment, ModelLoadContext context, DataViewSchema schema) =>
        Create(environment, context).Map(schema);
}
