namespace Vae.Imputation;

/// <summary>
/// How far the means that fill a number are to be believed: c + b·(m − c), where b is the slope of what was observed on what was expected
/// of it without it, in rows that the model was not trained on. Of a column that has nothing to do with the others a model still thinks to
/// know a little; b is then near 0.
/// </summary>
internal sealed class MeanShrinkage
{
    private MeanShrinkage(double[] slopes, double[] centres)
    {
        Slopes = slopes;
        Centres = centres;
    }

    /// <summary>b of each numeric slot, from 0 to 1.</summary>
    public double[] Slopes { get; }

    /// <summary>c of each numeric slot, in original units.</summary>
    public double[] Centres { get; }

    /// <summary>A shrinkage with such slopes, or null where there is none.</summary>
    public static MeanShrinkage? Create(double[] slopes, double[] centres) =>
        slopes.All(slope => slope is >= 0 and <= 1) && centres.All(double.IsFinite) ? new MeanShrinkage(slopes, centres) : null;

    /// <summary>The shrinkage of the mean of some models' means; null where no row was held out of a training.</summary>
    /// <param name="cells">What the models make of held-out rows.</param>
    /// <param name="models">The number of models.</param>
    public static MeanShrinkage? Of(HeldOutCells cells, int models) => Array.TrueForAll(cells.Numbers, number => number.Count == 0)
        ? null
        : Create(
            Array.ConvertAll(cells.Numbers, number => Slope(number, models)),
            Array.ConvertAll(cells.Numbers, number => number.Count == 0 ? 0 : number.Average(cell => cell.Mean)));

    /// <summary>c + b·(m − c).</summary>
    /// <param name="number">Which of the numeric slots.</param>
    /// <param name="mean">m.</param>
    public float Shrink(int number, float mean) => (float)(Centres[number] + Slopes[number] * (mean - Centres[number]));

    /// <summary>
    /// The slope on the mean of all models, whose variance is that of one and the covariance of two of them, and its standard error on top:
    /// means are shrunk as far as the rows prove it.
    /// </summary>
    private static double Slope(List<HeldOutCell> cells, int models)
    {
        if (cells.Count == 0) return 1;
        double centre = cells.Average(cell => cell.Mean);
        double own = cells.Sum(cell => Math.Pow(cell.Mean - centre, 2));
        double joint = cells.Sum(cell => (cell.Mean - centre) * (cell.OtherMean - centre));
        double with = cells.Sum(cell => (cell.Observed - centre) * (cell.Mean - centre));
        double squares = own / models + joint * (models - 1) / models;
        double noise = cells.Average(cell => cell.SquaredError);
        return squares > 0 ? Math.Clamp((with + Math.Sqrt(noise * own)) / squares, 0, 1) : 1;
    }
}
