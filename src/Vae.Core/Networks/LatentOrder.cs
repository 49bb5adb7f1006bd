using Vae.Numerics;

namespace Vae.Networks;

/// <summary>
/// Renames and reverses latent dimensions without changing what a model is: the columns of the encoder's head and the rows of the decoder's
/// first layer change places, and their signs where a dimension is reversed. The posterior is diagonal, and so is the prior.
/// </summary>
internal static class LatentOrder
{
    /// <summary>Rearranges the dimensions in place.</summary>
    /// <param name="parameters">The weights.</param>
    /// <param name="order">The old number of each new dimension.</param>
    /// <param name="reversed">Whether each new dimension is the old one with the other sign.</param>
    public static void Apply(VaeParameters parameters, ReadOnlySpan<int> order, ReadOnlySpan<bool> reversed)
    {
        var shape = parameters.Shape;
        var (head, entry) = (shape.Encoder[^1], shape.Decoder[0]);
        var weights = parameters.Weights;
        for (int row = 0; row < head.Inputs; row++)
            MoveHead(weights.Row(TensorNames.Weight(head), row), order, reversed);
        MoveHead(weights.Row(TensorNames.Bias(head)), order, reversed);

        float[] old = weights[TensorNames.Weight(entry)].ToArray();
        int stride = Padding.Stride(entry.Outputs);
        for (int d = 0; d < order.Length; d++)
        {
            var row = weights.Row(TensorNames.Weight(entry), d);
            old.AsSpan(order[d] * stride, row.Length).CopyTo(row);
            if (reversed[d]) Reverse(row);
        }
    }

    /// <summary>One row of the head: k means, then k log-variances, which have no sign to reverse.</summary>
    private static void MoveHead(Span<float> row, ReadOnlySpan<int> order, ReadOnlySpan<bool> reversed)
    {
        float[] old = row.ToArray();
        int k = order.Length;
        for (int d = 0; d < k; d++)
        {
            row[d] = reversed[d] ? -old[order[d]] : old[order[d]];
            row[k + d] = old[k + order[d]];
        }
    }

    private static void Reverse(Span<float> values)
    {
        foreach (ref float value in values)
            value = -value;
    }
}
