using Microsoft.ML;
using Microsoft.ML.Data;

namespace Vae.MLNet.Columns;

/// <summary>A column that a VAE appends.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="Kind">What it holds.</param>
internal sealed record OutputColumn(string Name, OutputColumnKinds Kind)
{
    /// <summary>The largest number of reasons.</summary>
    public const int MostReasons = 1_000;

    private static readonly OutputColumnKinds[] Order =
    [
        OutputColumnKinds.Embedding, OutputColumnKinds.LogVariance, OutputColumnKinds.Score, OutputColumnKinds.CellScores,
        OutputColumnKinds.Reconstruction, OutputColumnKinds.Reasons,
    ];

    /// <summary>The columns under an output name, in their order: the embedding, its log-variance, and the additional ones.</summary>
    public static OutputColumn[] All(string name, OutputColumnKinds additional) =>
    [
        .. Order.Where(kind => (OutputColumnKinds.Always | additional).HasFlag(kind))
            .Select(kind => new OutputColumn(kind == OutputColumnKinds.Embedding ? name : $"{name}{kind}", kind)),
    ];

    /// <summary>The column's type and annotations.</summary>
    /// <param name="dimension">The number of latent dimensions.</param>
    /// <param name="slotNames">The names of the modelled slots.</param>
    /// <param name="reasonCount">The number of reasons.</param>
    public DataViewSchema.DetachedColumn Describe(int dimension, string[] slotNames, int reasonCount) => Kind switch
    {
        OutputColumnKinds.Score => new DataViewSchema.DetachedColumn(Name, NumberDataViewType.Single),
        OutputColumnKinds.CellScores or OutputColumnKinds.Reconstruction => Vector(Name, slotNames),
        OutputColumnKinds.Reasons => DescribeReasons(Name, reasonCount),
        _ => Vector(Name, [.. Enumerable.Range(0, dimension).Select(i => FormattableString.Invariant($"{Name}{i}"))]),
    };

    /// <summary>A column of reasons.</summary>
    public static DataViewSchema.DetachedColumn DescribeReasons(string name, int count) =>
        new(name, new VectorDataViewType(TextDataViewType.Instance, count));

    /// <summary>A column of vectors with slot names.</summary>
    public static DataViewSchema.DetachedColumn Vector(string name, string[] slotNames)
    {
        var names = new VBuffer<ReadOnlyMemory<char>>(slotNames.Length, Array.ConvertAll(slotNames, slot => slot.AsMemory()));
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add(
            "SlotNames", new VectorDataViewType(TextDataViewType.Instance, slotNames.Length),
            (ref VBuffer<ReadOnlyMemory<char>> value) => names.CopyTo(ref value));
        var type = new VectorDataViewType(NumberDataViewType.Single, slotNames.Length);
        return new DataViewSchema.DetachedColumn(name, type, annotations.ToAnnotations());
    }
}

/// <summary>What a column that a VAE appends holds. The names end the columns' names; the numbers are part of the file format.</summary>
[Flags]
internal enum OutputColumnKinds
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The row's score.</summary>
    Score = 1,

    /// <summary>Each slot's score.</summary>
    CellScores = 2,

    /// <summary>The expected row.</summary>
    Reconstruction = 4,

    /// <summary>All that are appended on request.</summary>
    Additional = Score | CellScores | Reconstruction | Reasons,

    /// <summary>The posterior mean μ.</summary>
    Embedding = 8,

    /// <summary>The posterior log-variance log σ².</summary>
    LogVariance = 16,

    /// <summary>Why the row is unusual, in words.</summary>
    Reasons = 32,

    /// <summary>Those that are always appended.</summary>
    Always = Embedding | LogVariance,
}
