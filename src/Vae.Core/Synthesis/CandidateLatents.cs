using Vae.Inference;
using Vae.Numerics.RandomNumbers;

namespace Vae.Synthesis;

/// <summary>
/// Draws of p(z | x_c) for given values x_c by importance resampling: candidates from ½ p(z) + ½ q(z), where q is the encoder's posterior
/// of x_c with its variance doubled, each with the weight p(x_c | z) p(z) / (½ p(z) + ½ q(z)). The first half keeps every weight below
/// 2 p(x_c | z), however little the encoder knows; the second finds what p(z) finds seldom.
/// </summary>
internal sealed class CandidateLatents
{
    private const int Candidates = 1 << 14;
    private const double VarianceFactor = 2;

    private readonly int _dimension;
    private readonly float[] _latents;
    private readonly double[] _cumulative;

    /// <param name="encoder">Finds candidates.</param>
    /// <param name="decoder">Weighs them.</param>
    /// <param name="prior">p(z).</param>
    /// <param name="row">x_c in original units, NaN where nothing is given.</param>
    /// <param name="random">What to draw with.</param>
    public CandidateLatents(RowEncoder encoder, RowDecoder decoder, LatentDistribution prior, float[] row, Random random)
    {
        _dimension = prior.Dimension;
        _latents = new float[Candidates * _dimension];
        _cumulative = new double[Candidates];
        using var scratch = new Scratch<float>(encoder.ScratchLength(1) + decoder.ScratchLength(RowEncoder.BlockRows));
        var rest = scratch.Values;
        var encoded = encoder.EncodeBlock(row, 1, -1, true, ref rest);
        var logProposals = new double[Candidates];
        Propose(encoded, prior, logProposals, random);
        for (int first = 0; first < Candidates; first += RowEncoder.BlockRows)
            Weigh(decoder, encoded, first, rest);
        double largest = double.NegativeInfinity;
        for (int i = 0; i < Candidates; i++)
            largest = Math.Max(largest, _cumulative[i] += logProposals[i]);
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < Candidates; i++)
        {
            double weight = Math.Exp(_cumulative[i] - largest);
            squares += weight * weight;
            _cumulative[i] = sum += weight;
        }

        EffectiveCount = sum * sum / squares;
    }

    /// <summary>(Σw)² / Σw²: how many draws of equal weight the candidates are worth (Kong 1992).</summary>
    public double EffectiveCount { get; }

    /// <summary>Draws a latent vector.</summary>
    public void Draw(Span<float> latent, Random random)
    {
        int index = Array.BinarySearch(_cumulative, random.NextDouble() * _cumulative[^1]);
        index = Math.Min(index < 0 ? ~index : index + 1, Candidates - 1);
        _latents.AsSpan(index * _dimension, _dimension).CopyTo(latent);
    }

    /// <summary>Draws the candidates, and computes log p(z) − log(½ p(z) + ½ q(z)).</summary>
    private void Propose(in EncodedRows encoded, LatentDistribution prior, double[] logProposals, Random random)
    {
        var mean = encoded.Mean(0);
        var logVariance = encoded.LogVariance(0);
        for (int i = 0; i < Candidates; i++)
        {
            var latent = _latents.AsSpan(i * _dimension, _dimension);
            if (i % 2 == 0)
                prior.Draw(latent, random);
            else
                DrawPosterior(latent, mean, logVariance, random);
            double logPrior = prior.LogDensity(latent);
            double logPosterior = LogPosterior(latent, mean, logVariance);
            double larger = Math.Max(logPrior, logPosterior);
            logProposals[i] = logPrior - larger - Math.Log(0.5 * Math.Exp(logPrior - larger) + 0.5 * Math.Exp(logPosterior - larger));
        }
    }

    private static void DrawPosterior(Span<float> latent, ReadOnlySpan<float> mean, ReadOnlySpan<float> logVariance, Random random)
    {
        for (int d = 0; d < latent.Length; d++)
            latent[d] = (float)(mean[d] + Math.Sqrt(VarianceFactor * Math.Exp(logVariance[d])) * RandomVariable.Normal(random));
    }

    private static double LogPosterior(ReadOnlySpan<float> latent, ReadOnlySpan<float> mean, ReadOnlySpan<float> logVariance)
    {
        double sum = -0.5 * latent.Length * Math.Log(2 * Math.PI * VarianceFactor);
        for (int d = 0; d < latent.Length; d++)
        {
            double deviation = latent[d] - mean[d];
            sum -= 0.5 * (logVariance[d] + deviation * deviation / (VarianceFactor * Math.Exp(logVariance[d])));
        }

        return sum;
    }

    /// <summary>log p(x_c | z) of a block of candidates.</summary>
    private void Weigh(RowDecoder decoder, in EncodedRows encoded, int first, Span<float> scratch)
    {
        int slots = decoder.Layout.SlotCount;
        var terms = scratch.Take(decoder.OutputStride)[..slots];
        var unused = scratch.Take(decoder.OutputStride)[..slots];
        var inputs = scratch.Take(RowEncoder.BlockRows * decoder.InputStride);
        for (int i = 0; i < RowEncoder.BlockRows; i++)
        {
            var input = inputs.Slice(i * decoder.InputStride, decoder.InputStride);
            _latents.AsSpan((first + i) * _dimension, _dimension).CopyTo(input);
            encoded.Conditions(0).CopyTo(input[_dimension..]);
        }

        var outputs = decoder.Run(RowEncoder.BlockRows, inputs, ref scratch);
        for (int i = 0; i < RowEncoder.BlockRows; i++)
            _cumulative[first + i] = -decoder.Loss(outputs.Slice(i * decoder.OutputStride, slots), encoded, 0, terms, unused);
    }
}
