namespace Vae.Samples;

/// <summary>How well the neighbours of a point in a plane tell its class.</summary>
public static class NearestNeighbours
{
    private const int Neighbours = 5;

    /// <summary>The number of held-out points whose class the majority of their five nearest other points tells.</summary>
    /// <param name="points">All points.</param>
    /// <param name="classes">The class of each point.</param>
    /// <param name="heldOut">Which points are to be classified, from those that are not.</param>
    public static int CountCorrect(Point[] points, int[] classes, bool[] heldOut)
    {
        var labelled = points.Zip(classes).ToArray();
        (Point, int)[] known = [.. labelled.Where((_, row) => !heldOut[row])];
        return labelled.Where((_, row) => heldOut[row]).Count(asked => Classify(known, asked.First) == asked.Second);
    }

    // GroupBy keeps the order of the neighbours, so a tie goes to the class of the nearest.
    private static int Classify((Point Point, int Class)[] known, Point query) =>
        known.OrderBy(other => other.Point.SquaredDistance(query))
            .Take(Neighbours)
            .GroupBy(other => other.Class)
            .MaxBy(group => group.Count())!
            .Key;
}
