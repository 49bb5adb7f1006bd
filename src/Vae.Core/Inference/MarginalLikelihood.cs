using System.Numerics.Tensors;
using Vae.Data;
using Vae.Numerics.RandomNumbers;

namespace Vae.Inference;

/// <summary>log p(x) ≈ logmeanexp over K samples z ~ q(z|x) of log p(x|z) + log p(z) − log q(z|x) (Burda et al. 2016).</summary>
internal sealed class MarginalLikelihood(RowEncoder encoder, RowDecoder decoder, Standardization standardization)
{
    private readonly int[] _numericSlots = encoder.Layout.NumericSlots;

    /// <summary>Estimates log p(x) of one row.</summary>
    /// <param name="row">The row in original units.</param>
    /// <param name="number">The row's number, for messages.</param>
    /// <param name="samples">K.</param>
    /// <param name="random">What to draw with.</param>
    /// <exception cref="ArgumentException">The row is not valid; the message names the slot and the row.</exception>
    public double Estimate(ReadOnlySpan<float> row, long number, int samples, Random random)
    {
        using var scratch = new Scratch<float>(
            encoder.ScratchLength(1) + decoder.ScratchLength(samples)
            + Math.Min(samples, RowEncoder.BlockRows) * (decoder.LatentDimension + decoder.OutputStride));
        Span<double> weights = stackalloc double[RowEncoder.BlockRows];
        var rest = scratch.Values;
        var encoded = encoder.EncodeBlock(row, 1, number, true, ref rest);
        double largest = double.NegativeInfinity;
        double sum = 0;
        for (int left = samples; left > 0; left -= RowEncoder.BlockRows)
        {
            var logWeights = weights[..Math.Min(left, RowEncoder.BlockRows)];
            Weigh(encoded, logWeights, random, rest);
            double larger = Math.Max(largest, TensorPrimitives.Max<double>(logWeights));
            if (double.IsNegativeInfinity(larger)) continue;
            sum *= Math.Exp(largest - larger);
            foreach (double logWeight in logWeights)
                sum += Math.Exp(logWeight - larger);
            largest = larger;
        }

        return largest + Math.Log(sum / samples) - LogVolume(row);
    }

    /// <summary>log |dx/dx_standardized| over the observed numeric values.</summary>
    public double LogVolume(ReadOnlySpan<float> row)
    {
        double sum = 0;
        foreach (int slot in _numericSlots)
        {
            if (!float.IsNaN(row[slot])) sum += standardization.LogScale(slot, row[slot]);
        }

        return sum;
    }

    private void Weigh(in EncodedRows encoded, Span<double> logWeights, Random random, Span<float> scratch)
    {
        var terms = scratch.Take(decoder.OutputStride)[..decoder.Layout.SlotCount];
        var unused = scratch.Take(decoder.OutputStride)[..decoder.Layout.SlotCount];
        var noise = scratch.Take(logWeights.Length * decoder.LatentDimension);
        var outputs = scratch.Take(logWeights.Length * decoder.OutputStride);
        foreach (ref float normal in noise)
            normal = (float)RandomVariable.Normal(random);
        LatentSamples.Draw(decoder, encoded, noise, logWeights, outputs, scratch);
        for (int sample = 0; sample < logWeights.Length; sample++)
            logWeights[sample] -= decoder.Loss(outputs.Slice(sample * decoder.OutputStride, terms.Length), encoded, 0, terms, unused);
    }
}
