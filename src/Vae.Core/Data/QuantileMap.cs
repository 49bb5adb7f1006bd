namespace Vae.Data;

/// <summary>
/// A column's way to normal scores and back: x ↦ Φ⁻¹(F(x)) with the distribution function F of the training rows, drawn through points by
/// straight lines. It rises strictly, so that both directions are exact.
/// </summary>
/// <remarks>
/// A value that many rows share (an atom) takes up a whole range of scores, from <see cref="QuantilePoint.Low"/> to
/// <see cref="QuantilePoint.High"/>. It goes to the score in its middle, and every score of the range comes back as exactly this value:
/// values nearer to it than 1/1024 of the way to its neighbour count as it. Beyond the outermost points a score grows in proportion to the
/// distance, by the slope of the line from there towards the middle of the distribution.
/// </remarks>
internal sealed class QuantileMap
{
    /// <summary>The largest number of points.</summary>
    public const int MostPoints = 1024;

    private const double AtomWidth = 1.0 / 1024;

    private readonly QuantilePoint[] _points;
    private readonly double[] _values;
    private readonly double[] _scores;
    private readonly double[] _slopes;
    private readonly double[] _atoms;

    private QuantileMap(QuantilePoint[] points)
    {
        _points = points;
        int atoms = points.Count(point => point.IsAtom);
        _values = new double[points.Length + 2 * atoms];
        _scores = new double[_values.Length];
        _atoms = new double[_values.Length + 1];
        Array.Fill(_atoms, double.NaN);
        int knot = 0;
        for (int i = 0; i < points.Length; i++)
        {
            var point = points[i];
            double halfWidth = AtomWidth * Gap(i);
            if (point.IsAtom)
            {
                _atoms[knot + 1] = _atoms[knot + 2] = point.Value;
                Add(point.Value - halfWidth, point.Low);
            }

            Add(point.Value, point.Score);
            if (point.IsAtom) Add(point.Value + halfWidth, point.High);
        }

        // Slope i leads to knot i; the first and the last one lead beyond all knots.
        _slopes = new double[_values.Length + 1];
        for (int i = 1; i < _values.Length; i++)
            _slopes[i] = (_scores[i] - _scores[i - 1]) / (_values[i] - _values[i - 1]);
        _slopes[0] = OuterSlope(points[0], points[^1]);
        _slopes[^1] = OuterSlope(points[^1], points[0]);

        void Add(double value, double score)
        {
            _values[knot] = value;
            _scores[knot++] = score;
        }
    }

    /// <summary>The points, in rising order.</summary>
    public ReadOnlySpan<QuantilePoint> Points => _points;

    /// <summary>The values of the knots, in rising order.</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>The scores of the knots, in rising order.</summary>
    public ReadOnlySpan<double> Scores => _scores;

    /// <summary>The slopes of the lines: the first leads to the first knot, the last leads beyond all knots.</summary>
    public ReadOnlySpan<double> Slopes => _slopes;

    /// <summary>The values that the lines come back as, NaN for lines that come back point by point.</summary>
    public ReadOnlySpan<double> Atoms => _atoms;

    /// <summary>The map through some points, or null where there is no strictly rising one through them with finite slopes.</summary>
    public static QuantileMap? Create(QuantilePoint[] points)
    {
        if (points.Length is < 2 or > MostPoints) return null;
        for (int i = 0; i < points.Length; i++)
        {
            var (value, low, score, high) = points[i];
            bool isOrdered = (low == score && score == high) || (low < score && score < high);
            if (!isOrdered || !(Math.Abs(value) <= float.MaxValue)) return null;
            if (!(Math.Max(-low, high) <= Standardization.Farthest)) return null;
            if (i > 0 && !(value > points[i - 1].Value && low > points[i - 1].High)) return null;
        }

        var map = new QuantileMap(points);
        return Array.TrueForAll(map._slopes, slope => slope > 0 && double.IsFinite(slope)) ? map : null;
    }

    /// <summary>The normal score of a value; NaN stays NaN.</summary>
    public double Score(double value)
    {
        int next = CountUpTo(_values, value);
        int knot = Math.Max(next - 1, 0);
        return _scores[knot] + (value - _values[knot]) * _slopes[next];
    }

    /// <summary>The value that has a score.</summary>
    public double Value(double score)
    {
        int next = CountUpTo(_scores, score);
        if (!double.IsNaN(_atoms[next])) return _atoms[next];
        int knot = Math.Max(next - 1, 0);
        return _values[knot] + (score - _scores[knot]) / _slopes[next];
    }

    /// <summary>log dz/dx of the score z at a value x; at a point, of the line that begins there.</summary>
    public double LogSlope(double value) => Math.Log(_slopes[CountUpTo(_values, value)]);

    private static int CountUpTo(double[] sorted, double value)
    {
        int low = 0;
        int high = sorted.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (sorted[middle] <= value)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    /// <summary>The way to the nearer neighbour of a point.</summary>
    private double Gap(int point)
    {
        double before = point > 0 ? _points[point].Value - _points[point - 1].Value : double.PositiveInfinity;
        double after = point < _points.Length - 1 ? _points[point + 1].Value - _points[point].Value : double.PositiveInfinity;
        return Math.Min(before, after);
    }

    /// <summary>
    /// The slope of the line from an outermost point to the one in the middle of the distribution, but at least one score away; where there
    /// is none, to the other end.
    /// </summary>
    private double OuterSlope(QuantilePoint end, QuantilePoint otherEnd)
    {
        var middle = otherEnd;
        foreach (var point in _points)
        {
            if (Math.Abs(point.Score - end.Score) >= 1 && Math.Abs(point.Score) < Math.Abs(middle.Score)) middle = point;
        }

        return (middle.Score - end.Score) / (middle.Value - end.Value);
    }
}

/// <summary>A point of a <see cref="QuantileMap"/>.</summary>
/// <param name="Value">A value of the column, in original units.</param>
/// <param name="Low">Where its range of scores begins.</param>
/// <param name="Score">The score of the value.</param>
/// <param name="High">Where its range of scores ends: for most values, all three are the same.</param>
internal readonly record struct QuantilePoint(double Value, double Low, double Score, double High)
{
    /// <summary>Whether the value takes up a range of scores.</summary>
    public bool IsAtom => Low < High;
}
