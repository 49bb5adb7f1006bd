namespace Vae.Samples.Wine.Page;

/// <summary>A wine in the scatter plots: its number in the table, its posterior, and its place on the principal components.</summary>
internal sealed record WineMark(
    int Number, int Cultivar, bool HeldOut, double[] Mean, double[] Deviation, double[] Principal, double[] Values)
{
    /// <summary>Collects what the page shows of one wine.</summary>
    public static WineMark From(LabelledTable table, Fold fold, int row) => new(
        row + 1,
        table.Labels[row],
        fold.HeldOut[row],
        [fold.Means[2 * row], fold.Means[2 * row + 1]],
        [Math.Exp(fold.LogVariances[2 * row] / 2), Math.Exp(fold.LogVariances[2 * row + 1] / 2)],
        [fold.Principal[row].X, fold.Principal[row].Y],
        [.. table.Take([row]).Select(value => (double)value)]);
}
