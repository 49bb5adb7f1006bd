using Vae.Numerics;

namespace Vae.Training.Rows;

/// <summary>Some rows, ready for a network: standardized, missing values 0. Training steps take slices of it.</summary>
/// <param name="capacity">The largest number of rows.</param>
/// <param name="rowWidth">The number of slots, conditions included.</param>
/// <param name="slotCount">The number of modelled slots.</param>
/// <param name="mayMiss">Whether values may be missing.</param>
internal sealed class RowBlock(int capacity, int rowWidth, int slotCount, bool mayMiss)
{
    /// <summary>The rows [capacity × row width].</summary>
    public Matrix Values { get; } = new(capacity, rowWidth);

    /// <summary>1 where a modelled value was observed and 0 where it is missing [capacity × slots]; null if nothing is missing.</summary>
    public Matrix? Mask { get; } = mayMiss ? new Matrix(capacity, slotCount) : null;

    /// <summary>One weight per row, 1 on average over the rows of the pass: the training rows, or those held out.</summary>
    public float[] Weights { get; } = new float[capacity];

    /// <summary>The number of rows.</summary>
    public int Count { get; set; }
}
