namespace Vae.Samples.Article;

/// <summary>Two principal components, for comparison.</summary>
/// <param name="Positions">
/// Where they put each wine, x and y one after another, in hundredths of the first component's standard deviation.
/// </param>
/// <param name="Accuracy">The share of held-out wines whose cultivar their neighbours tell.</param>
/// <param name="Silhouette">How far the cultivars lie apart.</param>
internal sealed record PrincipalRun(int[] Positions, double Accuracy, double Silhouette)
{
    /// <summary>Finds the components of every split; the positions are of the first.</summary>
    public static PrincipalRun Of(Split[] splits)
    {
        Point[][] embeddings = [.. splits.Select(Project)];
        var unit = Math.Sqrt(embeddings[0].Average(point => point.X * point.X));
        return new PrincipalRun(
            Frame.InHundredths([.. embeddings[0].Select(point => new Point(point.X / unit, point.Y / unit))]),
            splits.Zip(embeddings).Sum(item => item.First.CountCorrect(item.Second)) / (double)splits[0].HeldOut.Length,
            splits.Zip(embeddings).Average(item => item.First.Separation(item.Second)));
    }

    private static Point[] Project(Split split) =>
        Point.FromPairs(new PrincipalComponents(split.Table.Layout, split.Training, 2).Encode(split.Table.Values).Values);
}
