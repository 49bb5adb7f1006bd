using System.Runtime.CompilerServices;
using Vae.Data;
using Vae.Losses.Latent;
using Vae.Networks;
using Vae.Numerics;

namespace Vae.Inference;

/// <summary>From rows in original units to their posteriors q(z|x) = N(μ, diag σ²), block by block. Immutable.</summary>
internal sealed class RowEncoder
{
    /// <summary>The number of rows that go through a network together.</summary>
    public const int BlockRows = 64;

    private readonly RowPreparation _preparation;
    private readonly InferenceNetwork _network;

    public RowEncoder(FeatureLayout layout, Standardization standardization, VaeParameters parameters)
    {
        Layout = layout;
        LatentDimension = parameters.Shape.LatentDimension;
        RowStride = Padding.Stride(layout.RowWidth);
        MaskStride = Padding.Stride(layout.SlotCount);
        _preparation = new RowPreparation(layout);
        Standardization = standardization;
        _network = new InferenceNetwork(parameters.Shape.Encoder, parameters);
        PosteriorStride = _network.OutputStride;
    }

    public FeatureLayout Layout { get; }

    public Standardization Standardization { get; }

    public int LatentDimension { get; }

    /// <summary>The distance between two prepared rows.</summary>
    public int RowStride { get; }

    /// <summary>The distance between the masks of two rows.</summary>
    public int MaskStride { get; }

    /// <summary>The distance between two posteriors.</summary>
    public int PosteriorStride { get; }

    /// <summary>The floats that some rows need as scratch memory.</summary>
    public int ScratchLength(int count) =>
        Math.Min(count, BlockRows) * (RowStride + MaskStride + PosteriorStride + 2 * _network.WidestStride);

    /// <summary>Encodes rows.</summary>
    /// <param name="rows">The rows in original units, <see cref="FeatureLayout.RowWidth"/> values each.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="means">Receives μ [count × k]; or is empty.</param>
    /// <param name="logVariances">Receives log σ² [count × k]; or is empty.</param>
    /// <exception cref="ArgumentException">A row is not valid; the message names the slot and the row.</exception>
    public void Encode(ReadOnlySpan<float> rows, int count, Span<float> means, Span<float> logVariances)
    {
        using var scratch = new Scratch<float>(ScratchLength(count));
        Encode(rows, count, means, logVariances, 0, scratch.Values);
    }

    /// <summary>The same in scratch memory of the caller's, for rows that are counted from another number than 0.</summary>
    public void Encode(ReadOnlySpan<float> rows, int count, Span<float> means, Span<float> logVariances, long number, Span<float> scratch)
    {
        if (count == 1)
        {
            EncodeRow(rows, means, logVariances, number, scratch);
            return;
        }

        for (int first = 0; first < count; first += BlockRows)
        {
            var rest = scratch;
            var block = EncodeBlock(rows[(first * Layout.RowWidth)..], Math.Min(BlockRows, count - first), number + first, false, ref rest);
            block.CopyTo(means, logVariances, first);
        }
    }

    /// <summary>Encodes at most <see cref="BlockRows"/> rows and leaves in scratch memory what came of them.</summary>
    /// <param name="rows">The rows, and perhaps more.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="number">The first row's number, for messages.</param>
    /// <param name="masked">Whether the masks are asked for.</param>
    /// <param name="scratch">Scratch memory; what is left of it may be used again.</param>
    /// <exception cref="ArgumentException">A row is not valid; the message names the slot and the row.</exception>
    public EncodedRows EncodeBlock(scoped ReadOnlySpan<float> rows, int count, long number, bool masked, ref Span<float> scratch)
    {
        int width = Layout.RowWidth;
        var prepared = scratch.Take(count * RowStride);
        var mask = masked ? scratch.Take(count * MaskStride) : default;
        var posterior = scratch.Take(count * PosteriorStride);
        for (int row = 0; row < count; row++)
        {
            _preparation.Prepare(
                Standardization, rows.Slice(row * width, width), number + row, prepared.Slice(row * RowStride, width),
                masked ? mask.Slice(row * MaskStride, Layout.SlotCount) : default);
        }

        _network.Run(count, prepared, RowStride, posterior, scratch);
        for (int row = 0; row < count; row++)
        {
            foreach (ref float logVariance in posterior.Slice(row * PosteriorStride + LatentDimension, LatentDimension))
                logVariance = LogVariance.Clamp(logVariance);
        }

        return new EncodedRows(this, count, prepared, mask, posterior);
    }

    /// <summary>One row, as a service or a cursor asks for it, without what a block costs.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void EncodeRow(ReadOnlySpan<float> row, Span<float> means, Span<float> logVariances, long number, Span<float> scratch)
    {
        var prepared = scratch.Take(RowStride);
        var posterior = scratch.Take(PosteriorStride);
        _preparation.Prepare(Standardization, row, number, prepared[..Layout.RowWidth], default);
        _network.Run(1, prepared, RowStride, posterior, scratch);
        var source = posterior[..LatentDimension];
        for (int d = 0; d < means.Length; d++)
            means[d] = source[d];
        source = posterior.Slice(LatentDimension, LatentDimension);
        for (int d = 0; d < logVariances.Length; d++)
            logVariances[d] = LogVariance.Clamp(source[d]);
    }
}

/// <summary>A block of rows as the encoder took and left them.</summary>
internal readonly ref struct EncodedRows(
    RowEncoder encoder, int count, ReadOnlySpan<float> prepared, ReadOnlySpan<float> mask, ReadOnlySpan<float> posterior)
{
    private readonly ReadOnlySpan<float> _prepared = prepared;
    private readonly ReadOnlySpan<float> _mask = mask;
    private readonly ReadOnlySpan<float> _posterior = posterior;

    public int Count => count;

    /// <summary>The modelled values of a row, standardized, 0 where missing.</summary>
    public ReadOnlySpan<float> Target(int row) => _prepared.Slice(row * encoder.RowStride, encoder.Layout.SlotCount);

    /// <summary>The standardized conditions of a row.</summary>
    public ReadOnlySpan<float> Conditions(int row) =>
        _prepared.Slice(row * encoder.RowStride + encoder.Layout.SlotCount, encoder.Layout.ConditionSlotCount);

    /// <summary>1 where a modelled value of a row was observed and 0 where it is missing; only where masks were asked for.</summary>
    public ReadOnlySpan<float> Mask(int row) => _mask.Slice(row * encoder.MaskStride, encoder.Layout.SlotCount);

    /// <summary>μ of a row.</summary>
    public ReadOnlySpan<float> Mean(int row) => _posterior.Slice(row * encoder.PosteriorStride, encoder.LatentDimension);

    /// <summary>log σ² of a row.</summary>
    public ReadOnlySpan<float> LogVariance(int row) =>
        _posterior.Slice(row * encoder.PosteriorStride + encoder.LatentDimension, encoder.LatentDimension);

    /// <summary>Copies the posteriors to where they are asked for.</summary>
    /// <param name="means">Receives μ; or is empty.</param>
    /// <param name="logVariances">Receives log σ²; or is empty.</param>
    /// <param name="first">The number of rows before the block.</param>
    public void CopyTo(Span<float> means, Span<float> logVariances, int first)
    {
        for (int row = 0; row < count; row++)
        {
            int offset = (first + row) * encoder.LatentDimension;
            if (!means.IsEmpty) Mean(row).CopyTo(means[offset..]);
            if (!logVariances.IsEmpty) LogVariance(row).CopyTo(logVariances[offset..]);
        }
    }
}
