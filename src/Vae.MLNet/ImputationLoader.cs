// Uses closed members of ML.NET: see build/FriendAccess and MLNetInternals.txt.
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Vae.MLNet;
using Vae.MLNet.Internals;
using Vae.MLNet.Persistence;

[assembly: LoadableClass(
    "Fills gaps with variational autoencoders.", typeof(VaeImputationTransformer), typeof(ImputationLoader), null,
    typeof(SignatureLoadModel), "VAE Imputation", ModelStream.ImputationLoader)]
[assembly: LoadableClass(
    typeof(IRowMapper), typeof(ImputationLoader), null, typeof(SignatureLoadRowMapper), "VAE Imputation", ModelStream.ImputationLoader)]

namespace Vae.MLNet;

/// <summary>What <see cref="TransformerLoader"/> is for embeddings, for imputers.</summary>
internal static class ImputationLoader
{
    /// <summary>Reads a transformer.</summary>
    public static VaeImputationTransformer Create(IHostEnvironment environment, ModelLoadContext context)
    {
        var host = environment.Register(ModelStream.ImputationLoader);
        return new VaeImputationTransformer(
            host, ModelStream.Load(host, context, ModelStream.Imputation, reader => ImputerFormat.Read(host, reader)));
    }

    /// <summary>Reads a transformer, and maps the rows of a schema through it.</summary>
    public static IRowMapper Create(IHostEnvironment environment, ModelLoadContext context, DataViewSchema schema) =>
        Create(environment, context).Map(schema);
}
