using Microsoft.ML;
using Microsoft.ML.Data;

namespace Vae.MLNet.Columns;

/// <summary>A column that a VAE appends.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="Kind">What it holds.</param>
internal sealed record OutputColumn(string Name, OutputColumnKind Kind)
{
    /// <summary>The columns under an output name, in their order.</summary>
    public static OutputColumn[] All(string name, VaeOutputColumns columns)
    {
        List<OutputColumn> all = [new(name, OutputColumnKind.Embedding), new(name + "LogVariance", OutputColumnKind.LogVariance)];
        if (columns.HasFlag(VaeOutputColumns.Score)) all.Add(new(name + "Score", OutputColumnKind.Score));
        if (columns.HasFlag(VaeOutputColumns.CellScores)) all.Add(new(name + "CellScores", OutputColumnKind.CellScores));
        if (columns.HasFlag(VaeOutputColumns.Reconstruction)) all.Add(new(name + "Reconstruction", OutputColumnKind.Reconstruction));
        return [.. all];
    }

    /// <summary>The column's type and annotations.</summary>
    /// <param name="dimension">The number of latent dimensions.</param>
    /// <param name="slotNames">The names of the modelled slots.</param>
    public DataViewSchema.DetachedColumn Describe(int dimension, string[] slotNames) => Kind switch
    {
        OutputColumnKind.Score => new DataViewSchema.DetachedColumn(Name, NumberDataViewType.Single),
        OutputColumnKind.CellScores or OutputColumnKind.Reconstruction => Vector(slotNames),
        _ => Vector([.. Enumerable.Range(0, dimension).Select(i => FormattableString.Invariant($"{Name}{i}"))]),
    };

    private DataViewSchema.DetachedColumn Vector(string[] slotNames)
    {
        var names = new VBuffer<ReadOnlyMemory<char>>(slotNames.Length, Array.ConvertAll(slotNames, name => name.AsMemory()));
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add(
            "SlotNames", new VectorDataViewType(TextDataViewType.Instance, slotNames.Length),
            (ref VBuffer<ReadOnlyMemory<char>> value) => names.CopyTo(ref value));
        return new DataViewSchema.DetachedColumn(Name, new VectorDataViewType(NumberDataViewType.Single, slotNames.Length), annotations.ToAnnotations());
    }
}
