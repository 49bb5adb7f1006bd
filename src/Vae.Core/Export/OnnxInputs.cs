namespace Vae.Export;

/// <summary>How an ONNX model takes rows.</summary>
public enum OnnxInputs
{
    /// <summary>
    /// One input "Features", float[N, <see cref="Data.FeatureLayout.RowWidth"/>]: rows as a <see cref="VaeModel"/> takes them.
    /// </summary>
    OneTensor,

    /// <summary>
    /// One input float[N, 1] for each column, named as it is: a numeric or binary slot has its value, and a one-hot group the number of
    /// its category, counted from 0. NaN is missing, and so is a number that is no category.
    /// </summary>
    PerColumn,
}
