
namespace Vae.Samples.Article;

/// <summary>The embedding after one epoch.</summary>
/// <param name="Epoch">The epoch, counted from 1.</param>
/// <param name="Positions">Where each wine lies, x and y one after another, in hundredths.</param>
/// <param name="KullbackLeibler">The KL of each dimension, in nats.</param>
/// <param name="ActiveUnits">The number of dimensions in use.</param>
/// <param name="NoiseScale">The noise scale, in standard deviations.</param>
/// <param name="Silhouette">How far the cultivars lie apart.</param>
internal sealed record Frame(int Epoch, int[] Positions, double[] KullbackLeibler, int ActiveUnits, double NoiseScale, double Silhouette)
{
    /// <summary>Takes what the page shows of a model.</summary>
    public static Frame Of(VaeModel model, Split split)
    {
        var points = split.Embed(model);
        return new Frame(
            model.History.BestEpoch,
            InHundredths(points),
            [.. model.Diagnosis.KullbackLeiblerPerDimension],
            model.Diagnosis.ActiveUnits,
            model.NoiseScale,
            split.Separation(points));
    }

    /// <summary>Coordinates as exact as a screen can show them.</summary>
    public static int[] InHundredths(Point[] points) =>
        [.. points.SelectMany(point => new[] { point.X, point.Y }).Select(value => (int)Math.Round(100 * value))];
}
