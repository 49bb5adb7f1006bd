using Vae.Data;
using Vae.Losses.Noise;
using Vae.Losses.Reconstruction;
using Vae.Networks;
using Vae.Numerics;
using Vae.Numerics.Elementwise;
using Vae.Options;

namespace Vae.Inference;

/// <summary>From latent vectors to what is expected of rows, p(x|z), block by block. Immutable.</summary>
internal sealed class RowDecoder
{
    private readonly RowPreparation _preparation;
    private readonly Standardization _standardization;
    private readonly InferenceNetwork _network;
    private readonly ReconstructionObjective _objective;
    private readonly int _scratchStride;
    private readonly float _largestTerm;

    public RowDecoder(FeatureLayout layout, VaeOptions options, Standardization standardization, VaeParameters parameters)
    {
        Layout = layout;
        LatentDimension = parameters.Shape.LatentDimension;
        InputStride = Padding.Stride(LatentDimension + layout.ConditionSlotCount);
        _preparation = new RowPreparation(layout);
        _standardization = standardization;
        _network = new InferenceNetwork(parameters.Shape.Decoder, parameters);
        OutputStride = _network.OutputStride;
        _scratchStride = 2 * _network.WidestStride;
        _objective = ReconstructionObjective.ForScoring(layout, options);
        Noise = new SlotScales(layout);
        Noise.Read(options.NoiseScale, parameters.Weights, parameters.Buffers);
        _largestTerm = float.MaxValue / (2 * layout.SlotCount);
    }

    public FeatureLayout Layout { get; }

    public int LatentDimension { get; }

    /// <summary>The noise scales of the numeric slots.</summary>
    public SlotScales Noise { get; }

    /// <summary>The likelihoods of the slots, in slot order.</summary>
    public IReadOnlyList<Likelihood> Likelihoods => _objective.Likelihoods;

    /// <summary>The distance between two of the network's inputs: z, then the standardized conditions.</summary>
    public int InputStride { get; }

    /// <summary>The distance between two of the network's outputs.</summary>
    public int OutputStride { get; }

    /// <summary>The floats that some rows need as scratch memory: inputs, outputs, and two rows for <see cref="Loss"/>.</summary>
    public int ScratchLength(int count) =>
        Math.Min(count, RowEncoder.BlockRows) * (InputStride + OutputStride + _scratchStride)
        + Math.Max(2 * OutputStride, Layout.RowWidth);

    /// <summary>Decodes latent vectors into expected rows.</summary>
    /// <param name="latents">z [count × k].</param>
    /// <param name="conditions">The conditions in original units [count × C]; empty for an ordinary VAE.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="rows">Receives the expected rows [count × D]: original units, probabilities for binary and one-hot slots.</param>
    public void Decode(ReadOnlySpan<float> latents, ReadOnlySpan<float> conditions, int count, Span<float> rows)
    {
        Expect(latents, conditions, count, rows);
        for (int row = 0; row < count; row++)
            ToOriginalUnits(rows.Slice(row * Layout.SlotCount, Layout.SlotCount));
    }

    /// <summary>The same in standardized units.</summary>
    public void Expect(ReadOnlySpan<float> latents, ReadOnlySpan<float> conditions, int count, Span<float> rows)
    {
        using var scratch = new Scratch<float>(ScratchLength(count));
        for (int first = 0; first < count; first += RowEncoder.BlockRows)
        {
            int size = Math.Min(RowEncoder.BlockRows, count - first);
            var rest = scratch.Values;
            var inputs = rest.Take(size * InputStride);
            for (int row = 0; row < size; row++)
            {
                var input = inputs.Slice(row * InputStride, InputStride);
                latents.Slice((first + row) * LatentDimension, LatentDimension).CopyTo(input);
                TinyNumbers.ToZero(input[..LatentDimension]);
                PrepareConditions(conditions, first + row, input[LatentDimension..], rest);
            }

            var outputs = Run(size, inputs, ref rest);
            for (int row = 0; row < size; row++)
                Expect(outputs.Slice(row * OutputStride, Layout.SlotCount), rows.Slice((first + row) * Layout.SlotCount, Layout.SlotCount));
        }
    }

    /// <summary>Runs the network over a block of inputs.</summary>
    /// <returns>Its outputs, in scratch memory.</returns>
    public Span<float> Run(int count, scoped ReadOnlySpan<float> inputs, ref Span<float> scratch)
    {
        var outputs = scratch.Take(count * OutputStride);
        _network.Run(count, inputs, InputStride, outputs, scratch);
        return outputs;
    }

    /// <summary>Turns the outputs of one row, which it spoils, into an expected row in standardized units.</summary>
    public void Expect(Span<float> outputs, Span<float> row)
    {
        _objective.Predict(outputs);
        outputs.CopyTo(row);
    }

    /// <summary>Turns a row in standardized units into one in original units.</summary>
    public void ToOriginalUnits(Span<float> row) => _standardization.Undo(row);

    /// <summary>
    /// −log p(x|z) of one row in standardized units, missing values left out. Where the noise scale is so small that the square of an error
    /// in its units is no float any more, the term of that slot is as large as leaves the sum finite.
    /// </summary>
    /// <param name="outputs">The network's outputs for z.</param>
    /// <param name="rows">The block that x is in.</param>
    /// <param name="row">x in the block.</param>
    /// <param name="terms">Receives the term of each slot [D].</param>
    /// <param name="unused">D floats, which nothing is to be found in.</param>
    public float Loss(ReadOnlySpan<float> outputs, in EncodedRows rows, int row, Span<float> terms, Span<float> unused)
    {
        var mask = rows.Mask(row);
        var values = new SlotValues(outputs, rows.Target(row), Noise);
        float loss = _objective.Evaluate(values, mask, new SlotTerms(terms, unused, default), default);
        if (float.IsFinite(loss)) return loss;
        loss = 0;
        for (int slot = 0; slot < terms.Length; slot++)
        {
            bool isMissing = !mask.IsEmpty && mask[slot] == 0;
            terms[slot] = isMissing ? 0 : MathF.Min(terms[slot], _largestTerm);
            loss += terms[slot];
        }

        return loss;
    }

    /// <summary>Checks and standardizes the conditions of one row.</summary>
    private void PrepareConditions(ReadOnlySpan<float> conditions, int row, Span<float> prepared, Span<float> scratch)
    {
        int count = Layout.ConditionSlotCount;
        if (count == 0) return;
        var whole = scratch[..Layout.RowWidth];
        whole[..Layout.SlotCount].Clear();
        conditions.Slice(row * count, count).CopyTo(whole[Layout.SlotCount..]);
        _preparation.Prepare(_standardization, whole, row, whole, default);
        whole[Layout.SlotCount..].CopyTo(prepared);
    }
}
