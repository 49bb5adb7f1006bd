namespace Vae.Training.Engines;

/// <summary>What an engine must know of the rows before they come.</summary>
/// <param name="Capacity">The largest number of them at a time.</param>
/// <param name="MayMiss">Whether values may be missing.</param>
/// <param name="TableRows">The number of training rows.</param>
/// <param name="AnchorWeight">λ of the rows' anchors; 0 where they have none.</param>
internal readonly record struct EngineRows(int Capacity, bool MayMiss, long TableRows, double AnchorWeight = 0)
{
    /// <summary>The values of a row's anchor, given k.</summary>
    public int AnchorWidth(int dimension) => AnchorWeight > 0 ? dimension : 0;
}
