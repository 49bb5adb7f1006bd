namespace Vae.Evaluation.Data;

/// <summary>The folds of scikit-learn's StratifiedKFold(shuffle=True): each class is spread evenly over the folds.</summary>
internal static class StratifiedFolds
{
    /// <summary>The fold, 0 to <paramref name="folds"/> − 1, in which each row is held out.</summary>
    public static int[] Assign(int[] labels, int folds, uint seed)
    {
        int[] classes = [.. labels.Distinct()];
        int[] encoded = Array.ConvertAll(labels, label => Array.IndexOf(classes, label));
        int[] sorted = [.. encoded.Order()];
        var random = new MersenneTwister(seed);
        var assigned = new int[labels.Length];
        for (int label = 0; label < classes.Length; label++)
        {
            int[] ofClass = [.. Enumerable.Range(0, folds).SelectMany(fold =>
                Enumerable.Repeat(fold, CountEvery(sorted, fold, folds, label)))];
            random.Shuffle(ofClass.AsSpan());
            int next = 0;
            for (int row = 0; row < encoded.Length; row++)
            {
                if (encoded[row] == label) assigned[row] = ofClass[next++];
            }
        }

        return assigned;
    }

    private static int CountEvery(int[] sorted, int first, int step, int label)
    {
        int count = 0;
        for (int i = first; i < sorted.Length; i += step)
        {
            if (sorted[i] == label) count++;
        }

        return count;
    }
}
