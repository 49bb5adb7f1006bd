using Vae.Diagnostics;

namespace Vae.Monitoring;

/// <summary>What rows are compared with.</summary>
internal abstract class DriftReference
{
    /// <summary>The number of rows.</summary>
    public abstract int Count { get; }

    /// <summary>What <see cref="SampledRows.Counts"/> gives of the feature with an index.</summary>
    public abstract int[] Counts(int feature);

    /// <summary>Compares the values of the numeric feature with an index, in ascending order.</summary>
    public abstract (double Distance, double PValue) CompareValues(int feature, float[] values);

    /// <summary>Compares what <see cref="SampledRows.Measure"/> gives at an index.</summary>
    public abstract (double Distance, double PValue) CompareMeasured(int index, float[] values);
}

/// <summary>Rows that are kept.</summary>
internal sealed class KeptRows(VaeModel model, SampledRows rows) : DriftReference
{
    private readonly float[][] _measured = rows.Measure();

    public override int Count => rows.Count;

    public override int[] Counts(int feature) => rows.Counts(model.Layout.AllFeatures[feature]);

    public override (double Distance, double PValue) CompareValues(int feature, float[] values) =>
        TwoSampleTest.OfNumbers(rows.Values(model.Layout.AllFeatures[feature].Start), values);

    public override (double Distance, double PValue) CompareMeasured(int index, float[] values) =>
        TwoSampleTest.OfNumbers(_measured[index], values);
}

/// <summary>Rows of which a model knows the distributions.</summary>
internal sealed class ProfiledRows(RowProfile profile) : DriftReference
{
    public override int Count => profile.Rows;

    public override int[] Counts(int feature) => profile.Counts[feature];

    public override (double Distance, double PValue) CompareValues(int feature, float[] values) =>
        TwoSampleTest.OfNumbers(profile.Values[feature]!, values);

    public override (double Distance, double PValue) CompareMeasured(int index, float[] values) =>
        TwoSampleTest.OfNumbers(profile.Measured[index], values);
}
