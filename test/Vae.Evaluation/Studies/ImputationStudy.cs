using Vae.Data;
using Vae.Imputation;
using Vae.Options;
using Vae.Samples;
using Vae.Testing;
using Vae.Training;
using Vae.Training.Managed;

namespace Vae.Evaluation.Studies;

/// <summary>
/// How near filled values are to deleted ones: cells of a table are deleted at random, an imputer is trained on what is left, and fills it.
/// Classes are not looked at.
/// </summary>
internal static class ImputationStudy
{
    private const int MostRows = 2000;

    /// <summary>The defaults, and what was tried before they were chosen.</summary>
    public static readonly IReadOnlyList<ImputationMethod> Methods =
    [
        new("VaeImpute", new ImputationOptions()),
        new("1 model", new ImputationOptions { ModelCount = 1 }),
        new("5 models", new ImputationOptions { ModelCount = 5 }),
        new("independent noise", new ImputationOptions(), IndependentNoise: true),
        new("no input noise", With("InputNoise=0")),
        new("masking 0.3", With("InputMasking=0.3")),
        new("k = 4", With("LatentDimension=4")),
        new("categorical", With("OneHotLikelihood=Categorical")),
        new("dropout 0.1", With("Dropout=0.1")),
        new("hidden 32, 32", With("HiddenLayers=32,32")),
        new("noise scale per slot", With("NoiseScale=Learned:PerSlot=true")),
        new("quantiles", With("Standardization=Quantile")),
        new("median and range", With("Standardization=MedianAndRange")),
        new("start at components", With("InitialWeights=PrincipalComponents")),
    ];

    /// <summary>The error on one table with one choice of deleted cells.</summary>
    /// <param name="table">The table, of which every so many rows are taken.</param>
    /// <param name="percentage">The part of the cells that is deleted.</param>
    /// <param name="seed">Which cells are deleted, and how the models are trained.</param>
    /// <param name="method">How to fill.</param>
    public static ImputationError Run(LabelledTable table, int percentage, int seed, ImputationMethod method)
    {
        int step = (table.Count + MostRows - 1) / MostRows;
        float[] truth = table.Take(Enumerable.Range(0, table.Count).Where(row => row % step == 0));
        float[] gaps = Delete(table.Layout, truth, percentage, seed);
        var options = method.Options with { Model = method.Options.Model with { Seed = 100 * seed } };
        var imputer = VaeImputer.Train(
            new ManagedTrainer(), new MatrixRows(table.Layout, gaps), options, new TrainingContext { ThreadCount = 1 });
        if (method.IndependentNoise) imputer = new VaeImputer([.. imputer.Models.Select(model => new ImputerPart(model))], options);
        float[] filled = new float[gaps.Length];
        imputer.Impute(gaps, filled);
        return Measure(table.Layout, truth, gaps, filled);
    }

    private static ImputationOptions With(string options) => new() { Model = OptionText.Apply(new VaeOptions(), options) };

    private static float[] Delete(FeatureLayout layout, float[] rows, int percentage, int seed)
    {
        float[] gaps = [.. rows];
        for (int row = 0; row < rows.Length / layout.RowWidth; row++)
        {
            for (int column = 0; column < layout.Features.Count; column++)
            {
                var feature = layout.Features[column];
                bool isDeleted = Uniform(seed, row, column) < percentage / 100.0;
                if (isDeleted) gaps.AsSpan(row * layout.RowWidth + feature.Start, feature.Length).Fill(float.NaN);
            }
        }

        return gaps;
    }

    /// <summary>
    /// A number in [0, 1) for each cell: SplitMix64 (Steele, Lea &amp; Flood 2014) of its place, as in fill_gaps_peers.py.
    /// </summary>
    private static double Uniform(int seed, int row, int column)
    {
        ulong z = unchecked((((ulong)seed << 40) + ((ulong)row << 20) + (ulong)column + 1) * 0x9E3779B97F4A7C15);
        z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9);
        z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EB);
        return ((z ^ (z >> 31)) >> 11) * Math.ScaleB(1, -53);
    }

    private static ImputationError Measure(FeatureLayout layout, float[] truth, float[] gaps, float[] filled)
    {
        double squares = 0;
        int numbers = 0;
        int hits = 0;
        int categories = 0;
        foreach (var feature in layout.Features)
        {
            double deviation = feature.Kind == FeatureKind.Numeric ? Deviation(truth, feature.Start, layout.RowWidth) : 1;
            for (int row = 0; row < truth.Length; row += layout.RowWidth)
            {
                var original = truth.AsSpan(row, layout.RowWidth);
                bool isMeasured = feature.IsObserved(original) && !feature.IsObserved(gaps.AsSpan(row, layout.RowWidth));
                if (!isMeasured) continue;
                var values = filled.AsSpan(row + feature.Start, feature.Length);
                if (feature.Kind == FeatureKind.Numeric)
                {
                    squares += Math.Pow((values[0] - original[feature.Start]) / deviation, 2);
                    numbers++;
                }
                else
                {
                    hits += values.SequenceEqual(feature.Of(original)) ? 1 : 0;
                    categories++;
                }
            }
        }

        return new ImputationError(Math.Sqrt(squares / numbers), hits / (double)categories);
    }

    private static double Deviation(float[] values, int slot, int width)
    {
        double[] column =
        [
            .. Enumerable.Range(0, values.Length / width).Select(row => (double)values[row * width + slot])
                .Where(value => !double.IsNaN(value)),
        ];
        double mean = column.Average();
        double deviation = Math.Sqrt(column.Average(value => (value - mean) * (value - mean)));
        return deviation > 0 ? deviation : 1;
    }
}

/// <summary>A way to fill gaps.</summary>
/// <param name="Name">What tables call it.</param>
/// <param name="Options">How to train and to fill.</param>
/// <param name="IndependentNoise">Whether numbers have the noise that the models were trained with.</param>
internal sealed record ImputationMethod(string Name, ImputationOptions Options, bool IndependentNoise = false);

/// <summary>How far filled values are from deleted ones.</summary>
/// <param name="Numbers">The root mean squared error of numbers in standard deviations of their columns; NaN where there are none.</param>
/// <param name="Categories">The part of the categories that is right; NaN where there are none.</param>
internal readonly record struct ImputationError(double Numbers, double Categories);
