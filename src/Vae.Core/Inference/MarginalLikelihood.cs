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
        using var scratch = new Scratch<float>(encoder.ScratchLength(1) + decoder.ScratchLength(samples));
        using var weights = new Scratch<double>(samples);
        var logWeights = weights.Values[..samples];
        var rest = scratch.Values;
        var encoded = encoder.EncodeBlock(row, 1, number, true, ref rest);
        for (int first = 0; first < samples; first += RowEncoder.BlockRows)
            Weigh(encoded, logWeights.Slice(first, Math.Min(RowEncoder.BlockRows, samples - first)), random, rest);
        return LogMeanExp(logWeights) - LogVolume(row);
    }

    private void Weigh(in EncodedRows encoded, Span<double> logWeights, Random random, Span<float> scratch)
    {
        var terms = scratch.Take(decoder.OutputStride)[..decoder.Layout.SlotCount];
        var unused = scratch.Take(decoder.OutputStride)[..decoder.Layout.SlotCount];
        var inputs = scratch.Take(logWeights.Length * decoder.InputStride);
        var mean = encoded.Mean(0);
        var logVariance = encoded.LogVariance(0);
        for (int sample = 0; sample < logWeights.Length; sample++)
        {
            var input = inputs.Slice(sample * decoder.InputStride, decoder.InputStride);
            double logRatio = 0;
            for (int d = 0; d < mean.Length; d++)
            {
                double noise = RandomVariable.Normal(random);
                double latent = mean[d] + Math.Exp(0.5 * logVariance[d]) * noise;
                input[d] = (float)latent;
                logRatio += 0.5 * (noise * noise + logVariance[d] - latent * latent);
            }

            encoded.Conditions(0).CopyTo(input[mean.Length..]);
            logWeights[sample] = logRatio;
        }

        var outputs = decoder.Run(logWeights.Length, inputs, ref scratch);
        for (int sample = 0; sample < logWeights.Length; sample++)
            logWeights[sample] -= decoder.Loss(outputs.Slice(sample * decoder.OutputStride, terms.Length), encoded, 0, terms, unused);
    }

    private static double LogMeanExp(ReadOnlySpan<double> values)
    {
        double largest = double.NegativeInfinity;
        foreach (double value in values)
            largest = Math.Max(largest, value);
        double sum = 0;
        foreach (double value in values)
            sum += Math.Exp(value - largest);
        return largest + Math.Log(sum / values.Length);
    }

    /// <summary>log |dx/dx_standardized| over the observed numeric values.</summary>
    private double LogVolume(ReadOnlySpan<float> row)
    {
        double sum = 0;
        foreach (int slot in _numericSlots)
        {
            if (!float.IsNaN(row[slot])) sum += Math.Log(standardization.Deviations[slot]);
        }

        return sum;
    }
}
