namespace Vae.Samples;

/// <summary>Classification by the majority of the five nearest training rows.</summary>
public static class NearestNeighbours
{
    private const int Neighbours = 5;

    /// <summary>The number of held-out rows whose class their neighbours tell. A tie goes to the first class, as in scikit-learn.</summary>
    public static int CountCorrect(Embedding training, int[] trainingLabels, Embedding heldOut, int[] heldOutLabels)
    {
        int classes = trainingLabels.Max() + 1;
        return heldOutLabels.Where((label, row) =>
        {
            int[] votes = Votes(Nearest(training, trainingLabels, heldOut.Row(row)), classes);
            return Array.IndexOf(votes, votes.Max()) == label;
        }).Count();
    }

    /// <summary>
    /// The number of held-out points whose class the other points near them tell. A tie goes to the class of the nearest point.
    /// </summary>
    /// <param name="points">All points.</param>
    /// <param name="classes">The class of each point.</param>
    /// <param name="heldOut">Which points are to be classified, from those that are not.</param>
    public static int CountCorrect(Point[] points, int[] classes, bool[] heldOut)
    {
        var known = Point.ToPairs(points.Where((_, row) => !heldOut[row]));
        int[] knownClasses = [.. classes.Where((_, row) => !heldOut[row])];
        var asked = Point.ToPairs(points.Where((_, row) => heldOut[row]));
        return classes.Where((_, row) => heldOut[row]).Where((own, row) =>
        {
            int[] nearest = Nearest(known, knownClasses, asked.Row(row));
            int[] votes = Votes(nearest, classes.Max() + 1);
            return nearest.First(label => votes[label] == votes.Max()) == own;
        }).Count();
    }

    /// <summary>The labels of the nearest rows, the nearest first.</summary>
    private static int[] Nearest(Embedding training, int[] labels, ReadOnlySpan<float> point)
    {
        Span<float> distances = stackalloc float[Neighbours];
        var nearest = new int[Neighbours];
        distances.Fill(float.PositiveInfinity);
        for (int row = 0; row < training.Count; row++)
        {
            float distance = Squared(training.Row(row), point);
            if (distance >= distances[^1]) continue;
            int place = Neighbours - 1;
            for (; place > 0 && distance < distances[place - 1]; place--)
            {
                distances[place] = distances[place - 1];
                nearest[place] = nearest[place - 1];
            }

            distances[place] = distance;
            nearest[place] = labels[row];
        }

        return nearest;
    }

    private static int[] Votes(int[] nearest, int classes)
    {
        var votes = new int[classes];
        foreach (int label in nearest)
            votes[label]++;
        return votes;
    }

    private static float Squared(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        float sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        return sum;
    }
}
