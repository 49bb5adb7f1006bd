// Uses closed members of ML.NET: see build/FriendAccess and MLNetInternals.txt.
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Vae.MLNet.Internals;

/// <summary>A <see cref="SchemaBinding"/> as ML.NET wants it, and ML.NET's data view around it: cursors, splitting, active columns.</summary>
internal sealed class RowMapper : IRowMapper
{
    private readonly VaeEmbeddingTransformer _transformer;
    private readonly SchemaBinding _binding;

    public RowMapper(VaeEmbeddingTransformer transformer, DataViewSchema schema)
    {
        _transformer = transformer;
        _binding = new SchemaBinding(transformer, schema);
    }

    /// <summary>The schema with the transformer's columns.</summary>
    public static DataViewSchema OutputSchema(VaeEmbeddingTransformer transformer, DataViewSchema schema) =>
        RowToRowMapperTransform.GetOutputSchema(schema, new RowMapper(transformer, schema));

    /// <summary>The data with the transformer's columns, computed when they are read.</summary>
    public static IDataView Transform(VaeEmbeddingTransformer transformer, IDataView data) => View(transformer, data);

    /// <summary>Maps single rows of a schema.</summary>
    public static IRowToRowMapper ForRows(VaeEmbeddingTransformer transformer, DataViewSchema schema) =>
        View(transformer, new EmptyDataView(transformer.Host, schema));

    Func<int, bool> IRowMapper.GetDependencies(Func<int, bool> activeOutput) => _binding.GetDependencies(activeOutput);

    Delegate[] IRowMapper.CreateGetters(DataViewRow input, Func<int, bool> activeOutput, out Action disposer)
    {
        disposer = null!;
        return _binding.CreateGetters(input, activeOutput)!;
    }

    DataViewSchema.DetachedColumn[] IRowMapper.GetOutputColumns() => _binding.OutputColumns;

    ITransformer IRowMapper.GetTransformer() => _transformer;

    void ICanSaveModel.Save(ModelSaveContext ctx) => ((ICanSaveModel)_transformer).Save(ctx);

    private static RowToRowMapperTransform View(VaeEmbeddingTransformer transformer, IDataView data) =>
        new(transformer.Host, data, new RowMapper(transformer, data.Schema), schema => new RowMapper(transformer, schema));
}
