using System.Globalization;
using Vae.Data;
using Vae.Numerics;
using Vae.Options;

namespace Vae.Training.Rows;

/// <summary>Refuses training steps whose rows, or what a layer makes of them, are more values than an array can hold.</summary>
internal static class LargestStep
{
    /// <exception cref="ArgumentException">A step is too large; the message names what makes it so.</exception>
    public static void Check(FeatureLayout layout, VaeOptions options, int trainingRows)
    {
        int rows = Math.Min(options.RowsPerStep, trainingRows);
        Check(rows, 2 * layout.RowWidth + 1, "the slots of the table"); // with a mask and a weight
        Check(rows, 2 * options.LatentDimension + layout.ConditionSlotCount, nameof(VaeOptions.LatentDimension));
        Check(rows, options.HiddenLayers.DefaultIfEmpty().Max(), nameof(VaeOptions.HiddenLayers));
    }

    private static void Check(int rows, int width, string what)
    {
        if ((long)rows * Padding.Stride(width) <= Array.MaxLength) return;
        throw new ArgumentException(string.Create(
            CultureInfo.InvariantCulture,
            $"The option {nameof(VaeOptions.BatchSize)} is too large for {what}: a training step of {rows:N0} rows would have {width:N0} "
            + $"values in each, and may have {Array.MaxLength:N0} in all. Take a smaller {nameof(VaeOptions.BatchSize)}."));
    }
}
