using System.Numerics.Tensors;
using Vae.Inference;
using Vae.Losses.Reconstruction;

namespace Vae.Imputation;

/// <summary>One model of an imputer, and the covariance of its noise.</summary>
internal sealed class ImputerPart
{
    /// <summary>A row of more slots has independent noise: the time for a row with gaps grows with the cube of their number.</summary>
    public const int MostCorrelated = 256;

    public ImputerPart(VaeModel model, NoiseCovariance? noise = null)
    {
        Model = model;
        Encoder = new RowEncoder(model.Layout, model.Standardization, model.Parameters);
        Decoder = new RowDecoder(model.Layout, model.Options, model.Standardization, model.Parameters);
        Noise = noise ?? NoiseCovariance.Independent([.. model.Layout.NumericSlots.Select(slot => Decoder.Noise.Logs[slot])]);
        NoiseSlots = [.. model.Layout.NumericSlots, .. model.Layout.CategoricalSlots.Take(Noise.Size - Noise.Numbers)];
    }

    public VaeModel Model { get; }

    public RowEncoder Encoder { get; }

    public RowDecoder Decoder { get; }

    public NoiseCovariance Noise { get; }

    /// <summary>The slots that <see cref="Noise"/> speaks of: the numbers, and possibly the slots of categories behind them.</summary>
    public int[] NoiseSlots { get; }
}

/// <summary>
/// Draws of z for one row after another: what the decoder expects at each, and its weight p(x_obs, z)/q(z|x_obs), with which averages over
/// the draws are averages over p(z|x_obs), whatever the encoder made of the gaps. One per thread.
/// </summary>
internal sealed class PosteriorDraws
{
    private readonly ImputerPart _part;
    private readonly Likelihood[] _categorical;
    private readonly float[] _scratch;
    private readonly float[] _outputs;
    private readonly float[] _terms;
    private readonly float[] _targets;
    private readonly float[] _mask;
    private readonly double[] _logWeights;

    public PosteriorDraws(ImputerPart part, int samples)
    {
        _part = part;
        _categorical = [.. part.Decoder.Likelihoods.Where(likelihood => likelihood is BernoulliLikelihood or CategoricalLikelihood)];
        Samples = samples;
        int slots = part.Model.Layout.SlotCount;
        _scratch = new float[part.Encoder.ScratchLength(1) + part.Decoder.ScratchLength(samples)];
        _outputs = new float[samples * part.Decoder.OutputStride];
        _terms = new float[2 * slots];
        _targets = new float[slots];
        _mask = new float[slots];
        _logWeights = new double[samples];
    }

    /// <summary>K.</summary>
    public int Samples { get; }

    /// <summary>1 where a modelled value of the row was observed and 0 where it is missing.</summary>
    public ReadOnlySpan<float> Mask => _mask;

    /// <summary>The standardized values of the row, 0 where missing.</summary>
    public ReadOnlySpan<float> Targets => _targets;

    /// <summary>log p(x_obs, z) − log q(z|x_obs) of each draw, as far as no number is concerned.</summary>
    public ReadOnlySpan<double> LogWeights => _logWeights;

    /// <summary>What is expected at a draw: standardized numbers, and probabilities.</summary>
    public Span<float> Expected(int sample) => _outputs.AsSpan(sample * _part.Decoder.OutputStride, _targets.Length);

    /// <summary>Draws for a row.</summary>
    /// <param name="row">The row in original units.</param>
    /// <param name="number">Its number, for messages.</param>
    /// <param name="noise">Standard normal numbers [K × k].</param>
    /// <exception cref="ArgumentException">The row is not valid; the message names the slot and the row.</exception>
    public void Draw(ReadOnlySpan<float> row, long number, ReadOnlySpan<float> noise)
    {
        var (decoder, dimension) = (_part.Decoder, _part.Encoder.LatentDimension);
        Span<float> rest = _scratch;
        var encoded = _part.Encoder.EncodeBlock(row, 1, number, true, ref rest);
        encoded.Target(0).CopyTo(_targets);
        encoded.Mask(0).CopyTo(_mask);
        for (int first = 0; first < Samples; first += RowEncoder.BlockRows)
        {
            int count = Math.Min(RowEncoder.BlockRows, Samples - first);
            var outputs = _outputs.AsSpan(first * decoder.OutputStride, count * decoder.OutputStride);
            LatentSamples.Draw(
                decoder, encoded, noise.Slice(first * dimension, count * dimension), _logWeights.AsSpan(first, count), outputs, rest);
        }

        for (int sample = 0; sample < Samples; sample++)
        {
            var expected = Expected(sample);
            _logWeights[sample] -= CategoricalLoss(expected);
            decoder.Expect(expected, expected);
        }
    }

    /// <summary>−log p of what was observed of yes/no values and categories.</summary>
    private double CategoricalLoss(ReadOnlySpan<float> outputs)
    {
        double sum = 0;
        foreach (var likelihood in _categorical)
        {
            var values = new SlotValues(outputs, _targets, _part.Decoder.Noise).Slice(likelihood.Start, likelihood.Length);
            var terms = new SlotTerms(_terms, withoutScale: true, likelihood.Length);
            likelihood.Evaluate(values, terms);
            sum += TensorPrimitives.Dot(terms.Values, _mask.AsSpan(likelihood.Start, likelihood.Length));
        }

        return sum;
    }
}
