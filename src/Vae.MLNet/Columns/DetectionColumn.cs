using Microsoft.ML;
using Microsoft.ML.Data;

namespace Vae.MLNet.Columns;

/// <summary>A column that a detector appends.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="Kind">What it holds.</param>
internal sealed record DetectionColumn(string Name, DetectionColumnKind Kind)
{
    /// <summary>The column's type, and the annotations by which ML.NET knows the columns of an anomaly detector.</summary>
    /// <param name="reasonCount">The number of reasons.</param>
    public DataViewSchema.DetachedColumn Describe(int reasonCount)
    {
        if (Kind == DetectionColumnKind.Reasons) return OutputColumn.DescribeReasons(Name, reasonCount);
        var annotations = new DataViewSchema.Annotations.Builder();
        Add("ScoreColumnKind", "AnomalyDetection");
        Add("ScoreValueKind", Kind switch
        {
            DetectionColumnKind.Score => "Score",
            DetectionColumnKind.PValue => "Probability",
            _ => "PredictedLabel",
        });
        DataViewType type = Kind == DetectionColumnKind.PredictedLabel ? BooleanDataViewType.Instance : NumberDataViewType.Single;
        return new DataViewSchema.DetachedColumn(Name, type, annotations.ToAnnotations());

        void Add(string name, string text) =>
            annotations.Add(name, TextDataViewType.Instance, (ref ReadOnlyMemory<char> value) => value = text.AsMemory());
    }
}

/// <summary>What a column that a detector appends holds.</summary>
internal enum DetectionColumnKind
{
    /// <summary>How unusual the row is.</summary>
    Score,

    /// <summary>The p-value of the score.</summary>
    PValue,

    /// <summary>Whether the row is an anomaly.</summary>
    PredictedLabel,

    /// <summary>Why the row is unusual, in words; only on request.</summary>
    Reasons,
}
