namespace Vae.Diagnostics;

/// <summary>
/// What a model keeps of the rows that it was trained with, to compare later ones with: distributions, and no row. All of one feature, one
/// dimension or the score; nothing of what goes with what.
/// </summary>
/// <param name="Rows">The number of rows.</param>
/// <param name="Counts">
/// Of each feature, those of conditions last, how often each category was there and, last, how often it was missing.
/// </param>
/// <param name="Values">The values of each numeric feature; null for the others.</param>
/// <param name="Measured">μ of each latent dimension and, last, the scores, of held-out rows where there are some.</param>
internal sealed record RowProfile(int Rows, int[][] Counts, NumberProfile?[] Values, NumberProfile[] Measured)
{
    /// <summary>The largest number of rows.</summary>
    public const int MostRows = 10_000;
}
