namespace Vae.Samples.Wine;

/// <summary>How well the neighbours of a point in a plane tell its class.</summary>
internal static class NearestNeighbours
{
    private const int Neighbours = 5;

    /// <summary>The number of points whose class the majority of their five nearest known points tells.</summary>
    /// <param name="known">Points with their classes.</param>
    /// <param name="asked">Points to be classified, with the classes that would be right.</param>
    public static int CountCorrect(IReadOnlyList<(Point Point, int Class)> known, IEnumerable<(Point Point, int Class)> asked) =>
        asked.Count(query => Classify(known, query.Point) == query.Class);

    // GroupBy keeps the order of the neighbours, so a tie goes to the class of the nearest.
    private static int Classify(IReadOnlyList<(Point Point, int Class)> known, Point query) =>
        known.OrderBy(other => other.Point.SquaredDistance(query))
            .Take(Neighbours)
            .GroupBy(other => other.Class)
            .MaxBy(group => group.Count())!
            .Key;
}
