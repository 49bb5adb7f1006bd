// Uses closed members of ML.NET: see build/FriendAccess and MLNetInternals.txt.
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Vae.MLNet;
using Vae.MLNet.Internals;

[assembly: LoadableClass(
    "Embeds rows with a variational autoencoder.", typeof(VaeEmbeddingTransformer), typeof(TransformerLoader), null, typeof(SignatureLoadModel),
    "VAE Embedding", ModelStream.LoaderSignature)]
[assembly: LoadableClass(typeof(IRowMapper), typeof(MapperLoader), null, typeof(SignatureLoadRowMapper), "VAE Embedding", ModelStream.LoaderSignature)]

namespace Vae.MLNet.Internals;

/// <summary>Called by ML.NET's catalog for a transformer in a model.</summary>
internal static class TransformerLoader
{
    /// <summary>Reads a transformer. ML.NET finds the method by its name and parameters.</summary>
    public static VaeEmbeddingTransformer Create(IHostEnvironment environment, ModelLoadContext context)
    {
        var host = environment.Register(ModelStream.LoaderSignature);
        return ModelStream.Load(host, context, reader => Persistence.TransformerFormat.Read(host, reader));
    }
}
