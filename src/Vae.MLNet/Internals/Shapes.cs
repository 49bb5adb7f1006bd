// Uses closed members of ML.NET: see build/FriendAccess and MLNetInternals.txt.
using Microsoft.ML;

namespace Vae.MLNet.Internals;

/// <summary>Schema propagation: what an estimator promises of a schema that it has not seen yet.</summary>
internal static class Shapes
{
    /// <summary>The shape of a schema.</summary>
    public static SchemaShape Of(DataViewSchema schema) => SchemaShape.Create(schema);

    /// <summary>A shape with columns more, which replace those of the same name.</summary>
    public static SchemaShape Append(SchemaShape shape, IEnumerable<DataViewSchema.DetachedColumn> columns)
    {
        var builder = new DataViewSchema.Builder();
        foreach (var column in columns)
            builder.AddColumn(column.Name, column.Type, column.Annotations);
        var appended = Of(builder.ToSchema());
        return new SchemaShape(shape.Where(column => appended.All(other => other.Name != column.Name)).Concat(appended));
    }
}
