using Vae.Data;

namespace Vae.MLNet.Columns;

/// <summary>A run of neighbouring slots of a column that one likelihood models.</summary>
/// <param name="Name">What the run is called.</param>
/// <param name="Kind">What the slots hold.</param>
/// <param name="Start">The first slot, counted in the column.</param>
/// <param name="Length">The number of slots.</param>
internal sealed record SlotRun(string Name, FeatureKind Kind, int Start, int Length)
{
    /// <summary>The slot after the last one.</summary>
    public int End => Start + Length;
}
