using Vae.Data;
using Vae.Training.Rows;

namespace Vae.Imputation;

/// <summary>
/// How far the means that fill a number are to be believed: c + b·(m − c), where b is the slope of what was observed on what was expected
/// of it without it, in rows that the model was not trained on. Of a column that has nothing to do with the others a model still thinks to
/// know a little; b is then near 0.
/// </summary>
internal sealed class MeanShrinkage
{
    private const int Samples = 50;
    private const int MostRows = 128;

    /// <summary>In how many parts a row's values are hidden, one after the other.</summary>
    private const int Parts = 5;

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

    /// <summary>c + b·(m − c).</summary>
    /// <param name="number">Which of the numeric slots.</param>
    /// <param name="mean">m.</param>
    public float Shrink(int number, float mean) => (float)(Centres[number] + Slopes[number] * (mean - Centres[number]));

    /// <summary>The shrinkage of the mean of some models' means; null where no row was held out of a training.</summary>
    public static MeanShrinkage? Of(ImputerPart[] parts, IFeatureRows rows, CancellationToken cancellationToken)
    {
        int[] slots = parts[0].Model.Layout.NumericSlots;
        var fits = Array.ConvertAll(slots, _ => new List<(double Observed, double Mean, double Other)>());
        var options = new ImputationOptions { Samples = Samples };
        var imputers = Array.ConvertAll(parts, part => new RowImputer([part], options));
        for (int i = 0; i < parts.Length; i++)
        {
            var history = parts[i].Model.History;
            if (history.ValidationRows == 0) continue;
            var model = parts[i].Model.Options;
            var heldOut = new HeldOutRows((int)(history.TrainingRows + history.ValidationRows), model.ValidationFraction, (ulong)model.Seed);
            new HeldOutFit(imputers[i], imputers[(i + 1) % parts.Length], slots, fits)
                .Add(new SelectedRows(rows, heldOut.Contains), Math.Max(1, heldOut.Count / MostRows), cancellationToken);
        }

        if (fits.All(fit => fit.Count == 0)) return null;
        var slopes = Array.ConvertAll(fits, fit => Slope(fit, parts.Length));
        return Create(slopes, Array.ConvertAll(fits, fit => fit.Count == 0 ? 0 : fit.Average(cell => cell.Mean)));
    }

    /// <summary>
    /// The slope on the mean of all models, whose variance is that of one and the covariance of two of them, and its standard error on top:
    /// means are shrunk as far as the rows prove it.
    /// </summary>
    private static double Slope(List<(double Observed, double Mean, double Other)> fit, int models)
    {
        if (fit.Count == 0) return 1;
        double centre = fit.Average(cell => cell.Mean);
        double own = fit.Sum(cell => Math.Pow(cell.Mean - centre, 2));
        double joint = fit.Sum(cell => (cell.Mean - centre) * (cell.Other - centre));
        double with = fit.Sum(cell => (cell.Observed - centre) * (cell.Mean - centre));
        double squares = own / models + joint * (models - 1) / models;
        double noise = fit.Average(cell => Math.Pow(cell.Observed - cell.Mean, 2));
        return squares > 0 ? Math.Clamp((with + Math.Sqrt(noise * own)) / squares, 0, 1) : 1;
    }

    /// <summary>What two models expect of values of rows that the first has not seen, one of the parts hidden at a time.</summary>
    private sealed class HeldOutFit(
        RowImputer imputer, RowImputer other, int[] slots, List<(double Observed, double Mean, double Other)>[] fits)
    {
        public void Add(SelectedRows rows, int step, CancellationToken cancellationToken)
        {
            int width = rows.Layout.RowWidth;
            float[] gaps = new float[width];
            float[] filled = new float[width];
            float[] alsoFilled = new float[width];
            int count = 0;
            new SelectedRows(rows, _ => count++ % step == 0).ForEach(Hide, cancellationToken);

            void Hide(ReadOnlySpan<float> row, float weight, int number)
            {
                if (weight == 0) return;
                for (int part = 0; part < Parts; part++)
                {
                    row.CopyTo(gaps);
                    var features = rows.Layout.Features;
                    for (int i = (part + number) % Parts; i < features.Count; i += Parts)
                        features[i].Of(gaps.AsSpan()).Fill(float.NaN);
                    imputer.Fill(gaps, number, filled, default);
                    other.Fill(gaps, number, alsoFilled, default);
                    for (int i = 0; i < slots.Length; i++)
                    {
                        bool isHidden = float.IsNaN(gaps[slots[i]]) && float.IsFinite(row[slots[i]]);
                        if (isHidden) fits[i].Add((row[slots[i]], filled[slots[i]], alsoFilled[slots[i]]));
                    }
                }
            }
        }
    }
}
