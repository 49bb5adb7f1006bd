namespace Vae.Samples.Wine;

/// <summary>A wine in the plane.</summary>
internal readonly record struct Point(double X, double Y)
{
    /// <summary>The squared distance to another point.</summary>
    public double SquaredDistance(Point other) => (X - other.X) * (X - other.X) + (Y - other.Y) * (Y - other.Y);
}
