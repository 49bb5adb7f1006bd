using Vae.Data;

namespace Vae.Networks;

/// <summary>
/// The weights of one network in another whose rows have other slots: what belongs to a slot that both know goes along, whatever its place.
/// The encoder does not see a slot that is new until training says what to make of it, so that at first every latent vector is what it was;
/// the decoder's unit for it begins at random.
/// </summary>
internal static class CarriedWeights
{
    /// <summary>Whether two networks differ in their slots at most.</summary>
    public static bool HaveSameLayers(NetworkShape a, NetworkShape b) =>
        a.LatentDimension == b.LatentDimension
        && a.Encoder.Select(Layer).SequenceEqual(b.Encoder.Select(Layer))
        && a.Decoder.SkipLast(1).Select(Layer).SequenceEqual(b.Decoder.SkipLast(1).Select(Layer))
        && a.Buffers.Tensors.SequenceEqual(b.Buffers.Tensors);

    /// <summary>Copies what both networks have into one whose weights have been initialized.</summary>
    /// <param name="source">The weights to carry.</param>
    /// <param name="from">The slots of the source.</param>
    /// <param name="target">Receives them.</param>
    /// <param name="to">The slots of the target.</param>
    /// <param name="slots">For each slot of the target the same one of the source, or −1.</param>
    public static void Copy(VaeParameters source, FeatureLayout from, VaeParameters target, FeatureLayout to, int[] slots)
    {
        var shape = target.Shape;
        int k = shape.LatentDimension;
        int[] modelled = slots[..to.SlotCount];
        int[] entry = [.. Enumerable.Range(0, k), .. slots[to.SlotCount..].Select(slot => slot < 0 ? -1 : k + slot - from.SlotCount)];
        foreach (var dense in shape.Encoder.Concat(shape.Decoder))
        {
            int[]? rows = dense == shape.Encoder[0] ? slots : dense == shape.Decoder[0] ? entry : null;
            int[]? columns = dense == shape.Decoder[^1] ? modelled : null;
            Copy(source.Weights, target.Weights, TensorNames.Weight(dense), rows, columns);
            Copy(source.Weights, target.Weights, TensorNames.Bias(dense), null, columns);
            if (!dense.BatchNormalization) continue;
            Copy(source.Weights, target.Weights, TensorNames.Scale(dense), null, null);
            Copy(source.Weights, target.Weights, TensorNames.Shift(dense), null, null);
        }

        if (source.Weights.Layout.Contains(TensorNames.LogNoiseScale) && shape.Weights.Contains(TensorNames.LogNoiseScale))
        {
            bool perSlot = shape.Weights[TensorNames.LogNoiseScale].Columns == to.NumericSlots.Length;
            int[] numeric = Array.ConvertAll(to.NumericSlots, slot => Array.IndexOf(from.NumericSlots, slots[slot]));
            Copy(source.Weights, target.Weights, TensorNames.LogNoiseScale, null, perSlot ? numeric : null);
        }

        target.Buffers.CopyFrom(source.Buffers);
    }

    private static (int Outputs, bool BatchNormalization) Layer(DenseShape dense) => (dense.Outputs, dense.BatchNormalization);

    /// <summary>
    /// Copies a tensor whose rows and columns are those of the source, or the ones that are listed: a row that the source lacks becomes 0,
    /// a value in a column that it lacks stays.
    /// </summary>
    private static void Copy(TensorSet source, TensorSet target, string name, int[]? rows, int[]? columns)
    {
        for (int row = 0; row < target.Layout[name].Rows; row++)
        {
            var values = target.Row(name, row);
            int known = rows is null ? row : rows[row];
            if (known < 0)
            {
                values.Clear();
                continue;
            }

            var old = source.Row(name, known);
            for (int i = 0; i < values.Length; i++)
            {
                int column = columns is null ? i : columns[i];
                if (column >= 0) values[i] = old[column];
            }
        }
    }
}
