using Vae.Data;
using Vae.Losses.Latent;
using Vae.Networks;
using Vae.Options;

namespace Vae.Inference;

/// <summary>Takes rows through encoder and decoder and scores them at z = μ, block by block. Immutable.</summary>
internal sealed class RowEvaluator
{
    private readonly RowEncoder _encoder;
    private readonly RowDecoder _decoder;

    public RowEvaluator(RowEncoder encoder, RowDecoder decoder)
    {
        _encoder = encoder;
        _decoder = decoder;
    }

    public FeatureLayout Layout => _encoder.Layout;

    public RowDecoder Decoder => _decoder;

    public Standardization Standardization => _encoder.Standardization;

    public int LatentDimension => _encoder.LatentDimension;

    /// <summary>The noise scale s of the numeric slots in standardized units (geometric mean); NaN without numeric slots.</summary>
    public double NoiseScale => _decoder.Noise.Scale;

    /// <summary>The evaluator of a network.</summary>
    public static RowEvaluator Of(FeatureLayout layout, VaeOptions options, Standardization standardization, VaeParameters parameters) =>
        new(new RowEncoder(layout, standardization, parameters), new RowDecoder(layout, options, standardization, parameters));

    /// <summary>The floats that an evaluation of some rows needs as scratch memory.</summary>
    public int ScratchLength(int count) => _encoder.ScratchLength(count) + _decoder.ScratchLength(count);

    /// <summary>Encodes rows and, as far as the outputs ask for it, decodes and scores them at z = μ.</summary>
    /// <param name="rows">The rows in original units, <see cref="FeatureLayout.RowWidth"/> values each.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="outputs">What to compute.</param>
    /// <exception cref="ArgumentException">A row is not valid; the message names the slot and the row.</exception>
    public void Evaluate(ReadOnlySpan<float> rows, int count, RowOutputs outputs)
    {
        using var scratch = new Scratch<float>(ScratchLength(count));
        Evaluate(rows, count, outputs, 0, scratch.Values);
    }

    /// <summary>
    /// The same in scratch memory of the caller's, of <see cref="ScratchLength"/> floats, for rows that are counted from another number
    /// than 0.
    /// </summary>
    public void Evaluate(ReadOnlySpan<float> rows, int count, RowOutputs outputs, long number, Span<float> scratch)
    {
        if (!outputs.NeedDecoder)
        {
            _encoder.Encode(rows, count, outputs.Means, outputs.LogVariances, number, scratch);
            return;
        }

        for (int first = 0; first < count; first += RowEncoder.BlockRows)
        {
            var rest = scratch;
            int size = Math.Min(RowEncoder.BlockRows, count - first);
            var block = _encoder.EncodeBlock(rows[(first * Layout.RowWidth)..], size, number + first, true, ref rest);
            block.CopyTo(outputs.Means, outputs.LogVariances, first);
            Decode(block, first, outputs, rest);
        }
    }

    private void Decode(in EncodedRows block, int first, RowOutputs outputs, Span<float> scratch)
    {
        int slots = Layout.SlotCount;
        var terms = scratch.Take(_decoder.OutputStride)[..slots];
        var unused = scratch.Take(_decoder.OutputStride)[..slots];
        var inputs = scratch.Take(block.Count * _decoder.InputStride);
        for (int row = 0; row < block.Count; row++)
        {
            var input = inputs.Slice(row * _decoder.InputStride, _decoder.InputStride);
            block.Mean(row).CopyTo(input);
            block.Conditions(row).CopyTo(input[LatentDimension..]);
        }

        var decoded = _decoder.Run(block.Count, inputs, ref scratch);
        for (int row = 0; row < block.Count; row++)
        {
            var output = decoded.Slice(row * _decoder.OutputStride, slots);
            int offset = (first + row) * slots;
            if (!outputs.Scores.IsEmpty || !outputs.CellScores.IsEmpty)
            {
                float reconstruction = _decoder.Loss(output, block, row, terms, unused);
                if (!outputs.CellScores.IsEmpty) terms.CopyTo(outputs.CellScores[offset..]);
                if (!outputs.Scores.IsEmpty)
                    outputs.Scores[first + row] = reconstruction + KullbackLeibler.Of(block.Mean(row), block.LogVariance(row));
            }

            if (outputs.Reconstructions.IsEmpty) continue;
            var expected = outputs.Reconstructions.Slice(offset, slots);
            _decoder.Expect(output, expected);
            _decoder.ToOriginalUnits(expected);
        }
    }
}

/// <summary>
/// What to compute of some rows, one behind the other: a span that is empty is not wanted, and nothing is computed for its sake alone.
/// </summary>
internal ref struct RowOutputs
{
    /// <summary>μ [rows × k].</summary>
    public Span<float> Means;

    /// <summary>log σ² [rows × k].</summary>
    public Span<float> LogVariances;

    /// <summary>x̂ at z = μ in original units [rows × D].</summary>
    public Span<float> Reconstructions;

    /// <summary>Reconstruction term + KL at z = μ [rows].</summary>
    public Span<float> Scores;

    /// <summary>Each slot's reconstruction term at z = μ [rows × D].</summary>
    public Span<float> CellScores;

    /// <summary>Whether the decoder has to run.</summary>
    public readonly bool NeedDecoder => !Reconstructions.IsEmpty || !Scores.IsEmpty || !CellScores.IsEmpty;
}
