namespace Vae.Samples;

/// <summary>Deals rows out to folds of equal size in which every class has its share.</summary>
public static class StratifiedFolds
{
    /// <summary>The fold of each row.</summary>
    /// <param name="classes">The class of each row.</param>
    /// <param name="folds">The number of folds.</param>
    /// <param name="seed">The seed of the shuffling.</param>
    public static int[] Assign(IReadOnlyList<int> classes, int folds, int seed)
    {
        var rows = Enumerable.Range(0, classes.Count).ToArray();
        new Random(seed).Shuffle(rows);
        var fold = new int[classes.Count];
        var next = 0;
        foreach (var row in rows.OrderBy(row => classes[row]))
            fold[row] = next++ % folds;
        return fold;
    }
}
