// Uses closed members of ML.NET: see build/FriendAccess and MLNetInternals.txt.
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Vae.MLNet.Internals;

/// <summary>Called by ML.NET's catalog for a mapper that was saved as part of a data view.</summary>
internal static class MapperLoader
{
    /// <summary>Reads a mapper. ML.NET finds the method by its name and parameters.</summary>
    public static IRowMapper Create(IHostEnvironment environment, ModelLoadContext context, DataViewSchema schema) =>
        new RowMapper(TransformerLoader.Create(environment, context), schema);
}
