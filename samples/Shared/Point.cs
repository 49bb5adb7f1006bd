namespace Vae.Samples;

/// <summary>A wine in the plane.</summary>
public readonly record struct Point(double X, double Y)
{
    /// <summary>The squared distance to another point.</summary>
    public double SquaredDistance(Point other) => (X - other.X) * (X - other.X) + (Y - other.Y) * (Y - other.Y);

    /// <summary>The coordinates of points in pairs one after another.</summary>
    public static Embedding ToPairs(IEnumerable<Point> points) =>
        new([.. points.SelectMany(point => new[] { (float)point.X, (float)point.Y })], 2);

    /// <summary>Takes points from numbers that lie in pairs one after another, as the means of a two-dimensional posterior do.</summary>
    public static Point[] FromPairs(float[] values) => [.. values.Chunk(2).Select(pair => new Point(pair[0], pair[1]))];
}
