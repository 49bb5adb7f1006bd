namespace Vae.Samples.Article.Page;

/// <summary>A wine in the scatter plots: its number in the table, its cultivar, and whether it was kept out of training.</summary>
internal sealed record WineMark(int Number, int Cultivar, bool HeldOut)
{
    /// <summary>All wines.</summary>
    public static WineMark[] Of(Split split) =>
        [.. Enumerable.Range(0, split.HeldOut.Length).Select(row => new WineMark(row + 1, split.Table.Labels[row], split.HeldOut[row]))];
}
