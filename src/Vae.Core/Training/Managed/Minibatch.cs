using Vae.Data;
using Vae.Numerics;
using Vae.Training.Rows;

namespace Vae.Training.Managed;

/// <summary>The rows of a step: a view of some rows of a block.</summary>
internal sealed class Minibatch
{
    private readonly Matrix? _mask;
    private readonly Matrix? _anchors;

    /// <param name="layout">What the slots of a row mean.</param>
    /// <param name="capacity">The largest number of rows.</param>
    /// <param name="mayMiss">Whether values may be missing.</param>
    /// <param name="anchorDimension">k where rows have anchors, and 0 where they have none.</param>
    public Minibatch(FeatureLayout layout, int capacity, bool mayMiss, int anchorDimension = 0)
    {
        SlotCount = layout.SlotCount;
        Rows = Matrix.Window(layout.RowWidth);
        _mask = mayMiss ? Matrix.Window(layout.SlotCount) : null;
        _anchors = anchorDimension > 0 ? Matrix.Window(anchorDimension) : null;
        RowWeights = new float[capacity];
    }

    /// <summary>D, the number of columns before the conditions.</summary>
    public int SlotCount { get; }

    /// <summary>The standardized rows with their conditions, 0 where missing.</summary>
    public Matrix Rows { get; }

    /// <summary>The weight of each row in the average over the minibatch: (its own weight) / rows.</summary>
    public float[] RowWeights { get; }

    /// <summary>1 where a modelled value of the row was observed and 0 where it is missing; empty if nothing is missing.</summary>
    public ReadOnlySpan<float> Mask(int row) => _mask is null ? default : _mask.Row(row);

    /// <summary>Where an earlier model has the row in latent space; empty if that does not count.</summary>
    public ReadOnlySpan<float> Anchor(int row) => _anchors is null ? default : _anchors.Row(row);

    /// <summary>Takes the rows [first, first + count) of a block.</summary>
    public void Take(RowBlock block, int first, int count)
    {
        Rows.MoveTo(block.Values, first, count);
        _mask?.MoveTo(block.Mask!, first, count);
        _anchors?.MoveTo(block.Anchors!, first, count);
        for (int row = 0; row < count; row++)
            RowWeights[row] = block.Weights[first + row] / count;
    }
}
