using Vae.Numerics;

namespace Vae.Training.Rows;

/// <summary>Some rows, ready for a network: standardized, missing values 0. Training steps take slices of it.</summary>
/// <param name="capacity">The largest number of rows.</param>
/// <param name="rowWidth">The number of slots, conditions included.</param>
/// <param name="slotCount">The number of modelled slots.</param>
/// <param name="mayMiss">Whether values may be missing.</param>
/// <param name="anchorDimension">k where rows have anchors, and 0 where they have none.</param>
internal sealed class RowBlock(int capacity, int rowWidth, int slotCount, bool mayMiss, int anchorDimension = 0)
{
    /// <summary>The rows [capacity × row width].</summary>
    public Matrix Values { get; } = new(capacity, rowWidth);

    /// <summary>1 where a modelled value was observed and 0 where it is missing [capacity × slots]; null if nothing is missing.</summary>
    public Matrix? Mask { get; } = mayMiss ? new Matrix(capacity, slotCount) : null;

    /// <summary>Where an earlier model has the rows in latent space [capacity × k]; null if that does not count.</summary>
    public Matrix? Anchors { get; } = anchorDimension > 0 ? new Matrix(capacity, anchorDimension) : null;

    /// <summary>One weight per row, 1 on average over the rows of the pass: the training rows, or those held out.</summary>
    public float[] Weights { get; } = new float[capacity];

    /// <summary>The number of rows.</summary>
    public int Count { get; set; }
}
