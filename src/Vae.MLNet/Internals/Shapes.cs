// Uses closed members of ML.NET: see build/FriendAccess and MLNetInternals.txt.
using Microsoft.ML;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

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
        return Append(shape, [.. Of(builder.ToSchema())]);
    }

    /// <inheritdoc cref="Append(SchemaShape, IEnumerable{DataViewSchema.DetachedColumn})"/>
    public static SchemaShape Append(SchemaShape shape, IReadOnlyCollection<SchemaShape.Column> columns) =>
        new(shape.Where(column => columns.All(other => other.Name != column.Name)).Concat(columns));

    /// <summary>A shape with copies of columns under other names.</summary>
    public static SchemaShape Copy(IHostEnvironment environment, SchemaShape shape, params (string Output, string Input)[] columns) =>
        columns.Length == 0 ? shape : new ColumnCopyingEstimator(environment, columns).GetOutputSchema(shape);

    /// <summary>The shape of a column.</summary>
    public static SchemaShape.Column Of(DataViewSchema.DetachedColumn column) => Append(new SchemaShape([]), [column]).Single();
}
