using Vae.Numerics.Elementwise;

namespace Vae.Synthesis;

/// <summary>
/// A slot's way from the scores that the model draws to normal scores, by ranks, through the quantiles of many draws. What the model makes
/// of the dependence between slots stays; what it makes of a slot alone becomes N(0, 1), which the slot's quantile map then makes the
/// table's distribution.
/// </summary>
internal sealed class MarginalMatch
{
    private const int MostKnots = 512;

    private readonly double[] _drawn;
    private readonly double[] _normal;

    /// <param name="draws">Scores of a slot; they are sorted.</param>
    public MarginalMatch(float[] draws)
    {
        Array.Sort(draws);
        var drawn = new List<double>();
        var normal = new List<double>();
        int knots = Math.Min(MostKnots, draws.Length);
        for (int knot = 0; knot < knots; knot++)
        {
            // Knots are evenly spaced in normal scores, not in ranks: the tails have as many as the middle.
            double share = (double)knot / (knots - 1);
            int rank = (int)Math.Round((draws.Length - 1) * share * share * (3 - 2 * share));
            double value = draws[rank];
            if (drawn.Count > 0 && value <= drawn[^1]) continue;
            drawn.Add(value);
            normal.Add(NormalDistribution.Score(rank + 0.5, draws.Length));
        }

        (_drawn, _normal) = ([.. drawn], [.. normal]);
    }

    /// <summary>The normal score of a drawn score.</summary>
    public float Apply(float score) => (float)Interpolate(_drawn, _normal, score);

    /// <summary>The drawn score that has a normal score.</summary>
    public double Undo(double score) => Interpolate(_normal, _drawn, score);

    /// <summary>Straight lines through the knots, and on beyond them.</summary>
    private static double Interpolate(double[] from, double[] to, double value)
    {
        if (from.Length < 2) return value;
        int index = Array.BinarySearch(from, value);
        if (index >= 0) return to[index];
        int next = Math.Clamp(~index, 1, from.Length - 1);
        double slope = (to[next] - to[next - 1]) / (from[next] - from[next - 1]);
        return to[next - 1] + slope * (value - from[next - 1]);
    }
}
