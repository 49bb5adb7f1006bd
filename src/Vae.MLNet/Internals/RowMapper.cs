// Uses closed members of ML.NET: see build/FriendAccess and MLNetInternals.txt.
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Model.OnnxConverter;
using Microsoft.ML.Runtime;

namespace Vae.MLNet.Internals;

/// <summary>
/// What a transformer appends to the rows of one schema, as ML.NET wants it; ML.NET's data view around it has the cursors, the splitting
/// and the active columns.
/// </summary>
/// <param name="transformer">Whose columns; saved in the mapper's place.</param>
/// <param name="inputs">The columns of the schema that are read.</param>
/// <param name="outputs">The appended columns.</param>
/// <param name="createGetters">Makes the getters of some of the appended columns, given by their indices, for a row or cursor.</param>
/// <param name="saveAsOnnx">Adds the appended columns to a graph; null if there is no way to.</param>
internal sealed class RowMapper(
    ITransformer transformer, int[] inputs, DataViewSchema.DetachedColumn[] outputs, Func<DataViewRow, int[], Delegate[]> createGetters,
    Action<OnnxContextGraph>? saveAsOnnx = null)
    : IRowMapper, ISaveAsOnnx
{
    /// <summary>The schema with the appended columns.</summary>
    public DataViewSchema OutputSchema(DataViewSchema schema) => RowToRowMapperTransform.GetOutputSchema(schema, this);

    /// <summary>The data with the appended columns, computed when they are read.</summary>
    /// <param name="host">Whose view.</param>
    /// <param name="data">The data.</param>
    /// <param name="map">Makes the mapper for a schema: for that of the data, and for those that the view is applied to later.</param>
    public static IDataView View(IHost host, IDataView data, Func<DataViewSchema, RowMapper> map) =>
        new RowToRowMapperTransform(host, data, map(data.Schema), map);

    /// <summary>The same for single rows of a schema.</summary>
    public static IRowToRowMapper ForRows(IHost host, DataViewSchema schema, Func<DataViewSchema, RowMapper> map) =>
        new RowToRowMapperTransform(host, new EmptyDataView(host, schema), map(schema), map);

    Func<int, bool> IRowMapper.GetDependencies(Func<int, bool> activeOutput) =>
        Active(activeOutput).Length > 0 ? inputs.Contains : _ => false;

    Delegate[] IRowMapper.CreateGetters(DataViewRow input, Func<int, bool> activeOutput, out Action disposer)
    {
        disposer = null!;
        var getters = new Delegate[outputs.Length];
        int[] active = Active(activeOutput);
        if (active.Length == 0) return getters;
        var created = createGetters(input, active);
        for (int i = 0; i < active.Length; i++)
            getters[active[i]] = created[i];
        return getters;
    }

    DataViewSchema.DetachedColumn[] IRowMapper.GetOutputColumns() => outputs;

    ITransformer IRowMapper.GetTransformer() => transformer;

    void ICanSaveModel.Save(ModelSaveContext ctx) => transformer.Save(ctx);

    bool ICanSaveOnnx.CanSaveOnnx(OnnxContext ctx) => saveAsOnnx is not null;

    void ISaveAsOnnx.SaveAsOnnx(OnnxContext ctx) => saveAsOnnx?.Invoke(new OnnxContextGraph(ctx, $"{outputs[0].Name}/vae"));

    private int[] Active(Func<int, bool> activeOutput) => [.. Enumerable.Range(0, outputs.Length).Where(activeOutput)];
}
