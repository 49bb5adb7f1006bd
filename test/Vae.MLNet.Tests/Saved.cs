using Microsoft.ML;

namespace Vae.MLNet.Tests;

/// <summary>Saving and loading through memory.</summary>
internal static class Saved
{
    /// <summary>The model as the bytes of a .zip.</summary>
    public static byte[] Bytes(ITransformer model, DataViewSchema schema)
    {
        using var stream = new MemoryStream();
        new MLContext().Model.Save(model, schema, stream);
        return stream.ToArray();
    }

    /// <summary>Loads a model in an environment of its own.</summary>
    public static ITransformer Load(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        return new MLContext().Model.Load(stream, out _);
    }

    /// <summary>Saves and loads.</summary>
    public static ITransformer Reload(ITransformer model, DataViewSchema schema) => Load(Bytes(model, schema));
}
