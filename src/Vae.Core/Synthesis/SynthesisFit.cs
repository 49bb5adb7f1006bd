using Vae.Inference;
using Vae.Numerics.RandomNumbers;

namespace Vae.Synthesis;

/// <summary>Collects what new rows are drawn from: a draw z ~ q(z|x) of each training row, and what the decoder makes of it.</summary>
internal sealed class SynthesisFit
{
    private readonly RowEncoder _encoder;
    private readonly RowDecoder _decoder;
    private readonly Random _random;
    private readonly List<float> _latents = [];
    private readonly ErrorCovariance? _errors;
    private readonly float[] _latent;
    private readonly float[] _expected;
    private readonly float[] _scratch;

    public SynthesisFit(RowEncoder encoder, RowDecoder decoder, Random random)
    {
        _encoder = encoder;
        _decoder = decoder;
        _random = random;
        _errors = encoder.Layout.SlotCount <= DependentNoise.MostSlots ? new ErrorCovariance(encoder.Layout) : null;
        _latent = new float[encoder.LatentDimension];
        _expected = new float[encoder.Layout.SlotCount];
        _scratch = new float[encoder.ScratchLength(1)];
    }

    /// <summary>Adds a row in original units.</summary>
    public void Add(ReadOnlySpan<float> row, double weight)
    {
        if (weight == 0) return;
        Span<float> rest = _scratch;
        var encoded = _encoder.EncodeBlock(row, 1, -1, true, ref rest);
        for (int d = 0; d < _latent.Length; d++)
        {
            double deviation = Math.Exp(0.5 * encoded.LogVariance(0)[d]);
            _latent[d] = (float)(encoded.Mean(0)[d] + deviation * RandomVariable.Normal(_random));
        }

        _latents.AddRange(_latent);
        if (_errors is null) return;
        _decoder.Expect(_latent, row[_encoder.Layout.SlotCount..], 1, _expected);
        _errors.Add(encoded.Target(0), encoded.Mask(0), _expected, weight);
    }

    /// <summary>The mixture of so many components.</summary>
    public LatentMixture? Mixture(int components, CancellationToken cancellation) =>
        MixtureFit.Of([.. _latents], _latent.Length, components, _random, cancellation);

    /// <summary>How the columns depend on one another beyond z.</summary>
    public DependentNoise? Noise() => _errors?.Build();
}
