namespace Vae.Samples.Article;

/// <summary>How far classes lie apart in a plane, compared with how wide they are.</summary>
internal static class Silhouette
{
    /// <summary>
    /// The mean over all points of (b − a) / max(a, b), where a is the mean distance to the others of the point's class and b that to the
    /// nearest other class: 1 for tight and distant classes, about 0 for mixed ones (Rousseeuw 1987).
    /// </summary>
    public static double Of(Point[] points, int[] classes)
    {
        var members = Enumerable.Range(0, points.Length).ToLookup(row => classes[row], row => points[row]);
        return points.Zip(classes).Average(item => OfPoint(item.First, item.Second, members));
    }

    private static double OfPoint(Point point, int own, ILookup<int, Point> members)
    {
        var within = SumOfDistances(point, members[own]) / (members[own].Count() - 1);
        var beyond = members.Where(group => group.Key != own).Min(group => SumOfDistances(point, group) / group.Count());
        var larger = Math.Max(within, beyond);
        return larger > 0 ? (beyond - within) / larger : 0;
    }

    private static double SumOfDistances(Point point, IEnumerable<Point> others) =>
        others.Sum(other => Math.Sqrt(point.SquaredDistance(other)));
}
