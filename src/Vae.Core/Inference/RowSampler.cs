using Vae.Data;
using Vae.Losses.Reconstruction;
using Vae.Numerics.RandomNumbers;

namespace Vae.Inference;

/// <summary>Draws new rows: z ~ N(0, I), then x ~ p(x|z).</summary>
internal sealed class RowSampler(RowDecoder decoder)
{
    private readonly Likelihood[] _likelihoods = [.. decoder.Likelihoods];
    private readonly FeatureGroup[] _groups = [.. decoder.Layout.Groups];

    /// <summary>Draws rows.</summary>
    /// <param name="conditions">The conditions in original units [count × C]; empty for an ordinary VAE.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="rows">Receives the rows in original units [count × D].</param>
    /// <param name="random">What to draw with: first every z, then row after row.</param>
    public void Sample(ReadOnlySpan<float> conditions, int count, Span<float> rows, Random random)
    {
        using var scratch = new Scratch<float>(count * decoder.LatentDimension);
        var latents = scratch.Values[..(count * decoder.LatentDimension)];
        foreach (ref float latent in latents)
            latent = (float)RandomVariable.Normal(random);
        decoder.Expect(latents, conditions, count, rows);
        int slots = decoder.Layout.SlotCount;
        for (int first = 0; first < rows.Length; first += slots)
        {
            var row = rows.Slice(first, slots);
            Draw(row, random);
            decoder.ToOriginalUnits(row);
        }
    }

    /// <summary>Replaces an expected row by a draw, in standardized units.</summary>
    public void Draw(Span<float> expected, Random random)
    {
        foreach (var likelihood in _likelihoods)
            likelihood.AddNoise(expected.Slice(likelihood.Start, likelihood.Length), decoder.Noise, random);
        foreach (var group in _groups)
        {
            var values = expected.Slice(group.Start, group.Length);
            if (group.Kind == FeatureKind.OneHot) RandomVariable.OneHot(values, random);
            if (group.Kind != FeatureKind.Binary) continue;
            foreach (ref float value in values)
                value = random.NextDouble() < value ? 1 : 0;
        }
    }
}
