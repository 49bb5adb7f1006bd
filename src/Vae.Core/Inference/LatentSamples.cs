namespace Vae.Inference;

/// <summary>Latent vectors z ~ q(z|x) of one row, and what the decoder makes of them.</summary>
internal static class LatentSamples
{
    /// <summary>Draws and decodes at most <see cref="RowEncoder.BlockRows"/> latent vectors.</summary>
    /// <param name="decoder">The decoder.</param>
    /// <param name="encoded">The row, the first of a block.</param>
    /// <param name="noise">Standard normal numbers [samples × k].</param>
    /// <param name="logRatios">Receives log p(z) − log q(z|x) of each.</param>
    /// <param name="scratch">Scratch memory; what is left of it may be used again.</param>
    /// <param name="outputs">Receives the decoder's outputs, <see cref="RowDecoder.OutputStride"/> apart.</param>
    public static void Draw(
        RowDecoder decoder, in EncodedRows encoded, ReadOnlySpan<float> noise, Span<double> logRatios, Span<float> outputs,
        Span<float> scratch)
    {
        var inputs = scratch.Take(logRatios.Length * decoder.InputStride);
        var mean = encoded.Mean(0);
        var logVariance = encoded.LogVariance(0);
        for (int sample = 0; sample < logRatios.Length; sample++)
        {
            var input = inputs.Slice(sample * decoder.InputStride, decoder.InputStride);
            double logRatio = 0;
            for (int d = 0; d < mean.Length; d++)
            {
                double normal = noise[sample * mean.Length + d];
                double latent = mean[d] + Math.Exp(0.5 * logVariance[d]) * normal;
                input[d] = (float)latent;
                logRatio += 0.5 * (normal * normal + logVariance[d] - latent * latent);
            }

            encoded.Conditions(0).CopyTo(input[mean.Length..]);
            logRatios[sample] = logRatio;
        }

        decoder.Run(logRatios.Length, inputs, ref scratch).CopyTo(outputs);
    }
}
