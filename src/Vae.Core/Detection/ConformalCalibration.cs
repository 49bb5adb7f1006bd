namespace Vae.Detection;

/// <summary>
/// The scores of rows that a model has not seen, which turn a score into a p-value: p = (1 + number of calibration scores ≥ score)/(n + 1).
/// If a row is exchangeable with the calibration rows, P(p ≤ α) ≤ α for every α (Vovk et al. 2005). Immutable.
/// </summary>
internal sealed class ConformalCalibration
{
    /// <summary>Scores that differ by less, relatively, count as equal: processors of another vector width round otherwise.</summary>
    public const float Tolerance = 1e-5f;

    private readonly float[] _scores;

    /// <param name="scores">The scores; their order changes.</param>
    /// <param name="contamination">The part of them, the highest, to leave out.</param>
    public ConformalCalibration(float[] scores, double contamination = 0)
    {
        Array.Sort(scores);
        _scores = scores[..(scores.Length - Trimmed(scores.Length, contamination))];
    }

    /// <summary>The scores in ascending order.</summary>
    public ReadOnlySpan<float> Scores => _scores;

    /// <summary>The number of scores that are left out.</summary>
    public static int Trimmed(int count, double contamination) => (int)(count * contamination);

    /// <summary>The number of calibration scores that are as high as a score or higher.</summary>
    public int CountAtLeast(float score)
    {
        float bound = score - Tolerance * MathF.Max(1, MathF.Abs(score));
        int low = 0;
        int high = _scores.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (_scores[middle] < bound)
                low = middle + 1;
            else
                high = middle;
        }

        return _scores.Length - low;
    }
}
