// Uses closed members of ML.NET: see build/FriendAccess and MLNetInternals.txt.
using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace Vae.MLNet.Internals;

/// <summary>The stream of one transformer inside a model: ML.NET's header, then what the transformer writes.</summary>
internal static class ModelStream
{
    /// <summary>The name that ML.NET looks up in its catalog when it loads a transformer; at most 24 characters.</summary>
    public const string EmbeddingLoader = "VaeEmbeddingTransformer";

    /// <summary>The same of a detector.</summary>
    public const string DetectionLoader = "VaeDetectionTransformer";

    /// <summary>The same of an imputer.</summary>
    public const string ImputationLoader = "VaeImputationTransformer";

    /// <summary>What the stream of an embedding is called.</summary>
    public static readonly StreamName Embedding = new(EmbeddingLoader, "VAE EMBD", "VAE embedding");

    /// <summary>What the stream of a detector is called.</summary>
    public static readonly StreamName Detection = new(DetectionLoader, "VAE DTCT", "VAE detector");

    /// <summary>What the stream of an imputer is called.</summary>
    public static readonly StreamName Imputation = new(ImputationLoader, "VAE IMPT", "VAE imputer");

    private const uint VersionWritten = 0x00010001;
    private const uint OldestReader = 0x00010001;
    private const uint OldestReadable = 0x00010001;

    /// <summary>Writes the header and what <paramref name="write"/> adds.</summary>
    public static void Save(IExceptionContext errors, ModelSaveContext context, StreamName name, Action<BinaryWriter> write)
    {
        Errors.NotNull(errors, context, "ctx");
        context.CheckAtModel();
        context.SetVersionInfo(Version(name));
        write(context.Writer);
    }

    /// <summary>Checks the header and reads what follows.</summary>
    public static T Load<T>(IExceptionContext errors, ModelLoadContext context, StreamName name, Func<BinaryReader, T> read)
    {
        Errors.NotNull(errors, context, nameof(context));
        RequireReadable(errors, name, context.Header.ModelVerReadable);
        context.CheckAtModel(Version(name));
        return read(context.Reader);
    }

    /// <summary>ML.NET checks this too, but its message would have the model trained with an older version of ML.NET.</summary>
    private static void RequireReadable(IExceptionContext errors, StreamName name, uint needed)
    {
        if (needed <= VersionWritten) return;
        throw Errors.Format(errors, $"A newer version of Vae.MLNet wrote this {name.Words}: "
            + $"it needs a reader of format {Words(needed)}; this version of the library reads up to format {Words(VersionWritten)}.");
    }

    private static string Words(uint version) => string.Create(CultureInfo.InvariantCulture, $"{version >> 16}.{version & 0xFFFF}");

    /// <summary>The assembly's name goes into the header: ML.NET loads it from there, so nobody has to register it.</summary>
    private static VersionInfo Version(StreamName name) =>
        new(name.Signature, VersionWritten, OldestReader, OldestReadable, typeof(ModelStream).Assembly.FullName!, name.Loader);
}

/// <summary>How ML.NET knows the stream of a transformer of one kind.</summary>
/// <param name="Loader">What ML.NET looks up in its catalog.</param>
/// <param name="Signature">The eight characters at the head of the stream.</param>
/// <param name="Words">What messages call the transformer.</param>
internal sealed record StreamName(string Loader, string Signature, string Words);
