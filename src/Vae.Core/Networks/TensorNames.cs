namespace Vae.Networks;

/// <summary>The names under which a model keeps its tensors.</summary>
internal static class TensorNames
{
    /// <summary>log s: one value, or one per numeric slot in slot order.</summary>
    public const string LogNoiseScale = "noise.log_scale";

    /// <summary>m of the computed noise scale s = √m.</summary>
    public const string MeanSquaredError = "noise.mean_squared_error";

    private const string VarianceSuffix = ".norm.variance";

    /// <summary>Whether the values of a tensor cannot be negative: variances and mean squares.</summary>
    public static bool IsNeverNegative(string name) => name == MeanSquaredError || name.EndsWith(VarianceSuffix, StringComparison.Ordinal);

    /// <summary>W [inputs × outputs] of y = x·W + b.</summary>
    public static string Weight(DenseShape dense) => dense.Name + ".weight";

    /// <summary>b [outputs].</summary>
    public static string Bias(DenseShape dense) => dense.Name + ".bias";

    /// <summary>γ [outputs] of batch normalization.</summary>
    public static string Scale(DenseShape dense) => dense.Name + ".norm.scale";

    /// <summary>β [outputs] of batch normalization.</summary>
    public static string Shift(DenseShape dense) => dense.Name + ".norm.shift";

    /// <summary>The running mean [outputs] of batch normalization.</summary>
    public static string RunningMean(DenseShape dense) => dense.Name + ".norm.mean";

    /// <summary>The running variance [outputs] of batch normalization.</summary>
    public static string RunningVariance(DenseShape dense) => dense.Name + VarianceSuffix;
}
