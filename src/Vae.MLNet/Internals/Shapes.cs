// Uses closed members of ML.NET: see build/FriendAccess and MLNetInternals.txt.
using Microsoft.ML;

namespace Vae.MLNet.Internals;

/// <summary>Schema propagation: what an estimator promises of a schema that it has not seen yet.</summary>
internal static class Shapes
{
    /// <summary>The shape of a schema.</summary>
    public static SchemaShape Of(DataViewSchema schema) => SchemaShape.Create(schema);
}
