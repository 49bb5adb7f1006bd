using System.Buffers;
using System.Runtime.CompilerServices;
using Vae.Data;
using Vae.Losses.Latent;
using Vae.Losses.Noise;
using Vae.Losses.Reconstruction;
using Vae.Networks;
using Vae.Numerics;
using Vae.Numerics.Elementwise;
using Vae.Numerics.RandomNumbers;
using Vae.Options;

namespace Vae.Inference;

/// <summary>Runs rows through a trained model, block by block. Immutable and free of allocation: scratch comes from the shared pool.</summary>
internal sealed class RowEvaluator
{
    /// <summary>The number of rows that go through the network together.</summary>
    private const int BlockRows = 64;

    private readonly FeatureLayout _layout;
    private readonly RowPreparation _preparation;
    private readonly Standardization _standardization;
    private readonly InferenceNetwork _encoder;
    private readonly InferenceNetwork _decoder;
    private readonly ReconstructionObjective _objective;
    private readonly bool _layoutIsNumeric;
    private readonly int _dimension;
    private readonly int _rowStride;
    private readonly int _slotStride;
    private readonly int _latentStride;
    private readonly int _scratchStride;

    public RowEvaluator(FeatureLayout layout, VaeOptions options, Standardization standardization, VaeParameters parameters)
    {
        _layout = layout;
        _preparation = new RowPreparation(layout);
        _standardization = standardization;
        _encoder = new InferenceNetwork(parameters.Shape.Encoder, parameters);
        _decoder = new InferenceNetwork(parameters.Shape.Decoder, parameters);
        _objective = ReconstructionObjective.ForScoring(layout, options);
        Noise = new SlotScales(layout);
        Noise.Read(options.NoiseScale, parameters.Weights, parameters.Buffers);
        _layoutIsNumeric = layout.AllGroups.All(group => group.Kind == FeatureKind.Numeric);
        _dimension = options.LatentDimension;
        _rowStride = Padding.Stride(layout.RowWidth);
        _slotStride = Padding.Stride(layout.SlotCount);
        _latentStride = Padding.Stride(_dimension + layout.ConditionSlotCount);
        _scratchStride = 2 * Math.Max(_encoder.WidestStride, _decoder.WidestStride);
    }

    /// <summary>The noise scales of the numeric slots.</summary>
    public SlotScales Noise { get; }

    /// <summary>Encodes rows and, as far as the outputs ask for it, decodes and scores them at z = μ.</summary>
    /// <param name="rows">The rows in original units, <see cref="FeatureLayout.RowWidth"/> values each.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="outputs">What to compute.</param>
    /// <param name="number">The first row's number, for messages.</param>
    /// <exception cref="ArgumentException">A row is not valid; the message names the slot and the row.</exception>
    public void Evaluate(ReadOnlySpan<float> rows, int count, RowOutputs outputs, long number = 0)
    {
        float[] scratch = ArrayPool<float>.Shared.Rent(ScratchLength(count));
        try
        {
            Evaluate(rows, count, outputs, number, scratch);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(scratch);
        }
    }

    /// <summary>The same in scratch memory of the caller's, of <see cref="ScratchLength"/> floats.</summary>
    public void Evaluate(ReadOnlySpan<float> rows, int count, RowOutputs outputs, long number, Span<float> scratch)
    {
        if (count == 1 && !outputs.NeedDecoder)
        {
            EncodeRow(rows, outputs.Means, outputs.LogVariances, number, scratch);
            return;
        }

        for (int first = 0; first < count; first += BlockRows)
            EvaluateBlock(rows, first, Math.Min(BlockRows, count - first), outputs, number, scratch);
    }

    /// <summary>The floats that an evaluation of some rows needs as scratch memory.</summary>
    public int ScratchLength(int count) =>
        Math.Min(count, BlockRows) * (_rowStride + _encoder.OutputStride + _latentStride + 4 * _slotStride + _scratchStride);

    /// <summary>Decodes latent vectors into expected rows.</summary>
    /// <param name="latents">z [count × k].</param>
    /// <param name="conditions">The conditions in original units [count × C]; empty for an ordinary VAE.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="rows">Receives the expected rows [count × D]: original units, probabilities for binary and one-hot slots.</param>
    /// <param name="random">Draws from p(x|z) instead of taking its expectation; or null.</param>
    public void Decode(ReadOnlySpan<float> latents, ReadOnlySpan<float> conditions, int count, Span<float> rows, Random? random)
    {
        int block = Math.Min(count, BlockRows);
        float[] scratch = ArrayPool<float>.Shared.Rent(block * (_latentStride + _slotStride + _scratchStride));
        try
        {
            for (int first = 0; first < count; first += BlockRows)
            {
                int size = Math.Min(BlockRows, count - first);
                var area = scratch.AsSpan();
                var latent = Take(ref area, size * _latentStride);
                var outputs = Take(ref area, size * _slotStride);
                for (int row = 0; row < size; row++)
                {
                    var target = latent.Slice(row * _latentStride, _latentStride);
                    latents.Slice((first + row) * _dimension, _dimension).CopyTo(target);
                    if (_layout.ConditionSlotCount > 0)
                        PrepareConditions(conditions.Slice((first + row) * _layout.ConditionSlotCount, _layout.ConditionSlotCount), target[_dimension..], first + row);
                }

                _decoder.Run(size, latent, _latentStride, outputs, area);
                for (int row = 0; row < size; row++)
                    Finish(outputs.Slice(row * _slotStride, _layout.SlotCount), rows.Slice((first + row) * _layout.SlotCount, _layout.SlotCount), random);
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(scratch);
        }
    }

    /// <summary>log p(x|z) of one row for several z, in standardized units.</summary>
    /// <param name="row">The row in original units.</param>
    /// <param name="latents">z [count × k].</param>
    /// <param name="logDensities">Receives log p(x|z) [count].</param>
    public void LogDensity(ReadOnlySpan<float> row, ReadOnlySpan<float> latents, Span<double> logDensities)
    {
        int count = logDensities.Length;
        float[] scratch = ArrayPool<float>.Shared.Rent(_rowStride + 3 * _slotStride + count * (_latentStride + _slotStride + _scratchStride));
        var area = scratch.AsSpan();
        var prepared = Take(ref area, _rowStride)[.._layout.RowWidth];
        var mask = Take(ref area, _slotStride)[.._layout.SlotCount];
        var terms = Take(ref area, _slotStride)[.._layout.SlotCount];
        var gradients = Take(ref area, _slotStride)[.._layout.SlotCount];
        var latent = Take(ref area, count * _latentStride);
        var outputs = Take(ref area, count * _slotStride);
        Prepare(row, 0, prepared, mask);
        for (int sample = 0; sample < count; sample++)
        {
            var target = latent.Slice(sample * _latentStride, _latentStride);
            latents.Slice(sample * _dimension, _dimension).CopyTo(target);
            prepared[_layout.SlotCount..].CopyTo(target[_dimension..]);
        }

        _decoder.Run(count, latent, _latentStride, outputs, area);
        for (int sample = 0; sample < count; sample++)
        {
            logDensities[sample] = -_objective.Evaluate(
                new SlotValues(outputs.Slice(sample * _slotStride, _layout.SlotCount), prepared[.._layout.SlotCount], mask, Noise),
                new SlotTerms(terms, gradients, default), default);
        }

        ArrayPool<float>.Shared.Return(scratch);
    }

    private static Span<float> Take(ref Span<float> area, int length)
    {
        var taken = area[..length];
        area = area[length..];
        return taken;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void EncodeRow(ReadOnlySpan<float> row, Span<float> means, Span<float> logVariances, long number, Span<float> area)
    {
        var prepared = Take(ref area, _rowStride);
        var head = Take(ref area, _encoder.OutputStride);
        Prepare(row, number, prepared[.._layout.RowWidth], default);
        _encoder.Run(1, prepared, _rowStride, head, area);
        var source = head[.._dimension];
        for (int d = 0; d < means.Length; d++)
            means[d] = source[d];
        source = head.Slice(_dimension, _dimension);
        for (int d = 0; d < logVariances.Length; d++)
            logVariances[d] = LogVariance.Clamp(source[d]);
    }

    private void EvaluateBlock(ReadOnlySpan<float> rows, int first, int count, RowOutputs outputs, long number, Span<float> area)
    {
        var prepared = Take(ref area, count * _rowStride);
        var mask = Take(ref area, count * _slotStride);
        var head = Take(ref area, count * _encoder.OutputStride);
        int width = _layout.RowWidth;
        for (int row = 0; row < count; row++)
        {
            Prepare(
                rows.Slice((first + row) * width, width), number + first + row, prepared.Slice(row * _rowStride, width),
                outputs.NeedDecoder ? mask.Slice(row * _slotStride, _layout.SlotCount) : default);
        }

        _encoder.Run(count, prepared, _rowStride, head, area);
        for (int row = 0; row < count; row++)
        {
            var values = head.Slice(row * _encoder.OutputStride, 2 * _dimension);
            foreach (ref float logVariance in values[_dimension..])
                logVariance = LogVariance.Clamp(logVariance);
            int offset = (first + row) * _dimension;
            if (!outputs.Means.IsEmpty) values[.._dimension].CopyTo(outputs.Means[offset..]);
            if (!outputs.LogVariances.IsEmpty) values[_dimension..].CopyTo(outputs.LogVariances[offset..]);
        }

        if (outputs.NeedDecoder) DecodeBlock(first, count, prepared, mask, head, outputs, area);
    }

    private void DecodeBlock(
        int first, int count, ReadOnlySpan<float> prepared, ReadOnlySpan<float> mask, ReadOnlySpan<float> head, RowOutputs outputs, Span<float> area)
    {
        var latent = Take(ref area, count * _latentStride);
        var decoded = Take(ref area, count * _slotStride);
        var terms = Take(ref area, _slotStride);
        var gradients = Take(ref area, _slotStride);
        int slots = _layout.SlotCount;
        for (int row = 0; row < count; row++)
        {
            var target = latent.Slice(row * _latentStride, _latentStride);
            head.Slice(row * _encoder.OutputStride, _dimension).CopyTo(target);
            prepared.Slice(row * _rowStride + slots, _layout.ConditionSlotCount).CopyTo(target[_dimension..]);
        }

        _decoder.Run(count, latent, _latentStride, decoded, area);
        for (int row = 0; row < count; row++)
        {
            var output = decoded.Slice(row * _slotStride, slots);
            int offset = (first + row) * slots;
            if (!outputs.Scores.IsEmpty || !outputs.CellScores.IsEmpty)
            {
                float reconstruction = _objective.Evaluate(
                    new SlotValues(output, prepared.Slice(row * _rowStride, slots), mask.Slice(row * _slotStride, slots), Noise),
                    new SlotTerms(terms[..slots], gradients[..slots], default), default);
                if (!outputs.CellScores.IsEmpty) terms[..slots].CopyTo(outputs.CellScores[offset..]);
                if (!outputs.Scores.IsEmpty)
                {
                    var values = head.Slice(row * _encoder.OutputStride, 2 * _dimension);
                    outputs.Scores[first + row] = reconstruction + KullbackLeibler.Of(values[.._dimension], values[_dimension..]);
                }
            }

            if (!outputs.Reconstructions.IsEmpty) Finish(output, outputs.Reconstructions.Slice(offset, slots), null);
        }
    }

    private void Prepare(ReadOnlySpan<float> row, long index, Span<float> prepared, Span<float> mask)
    {
        if (_layoutIsNumeric && FiniteNumbers.All(row))
        {
            _standardization.Apply(row, prepared);
            mask.Fill(1);
            return;
        }

        _preparation.Check(row, index);
        row.CopyTo(prepared);
        _preparation.MarkMissing(prepared);
        _standardization.Apply(prepared, prepared);
        RowPreparation.SplitMissing(prepared, mask);
    }

    private void PrepareConditions(ReadOnlySpan<float> conditions, Span<float> prepared, int index)
    {
        float[] row = ArrayPool<float>.Shared.Rent(2 * _layout.RowWidth);
        var raw = row.AsSpan(0, _layout.RowWidth);
        raw[.._layout.SlotCount].Clear();
        conditions.CopyTo(raw[_layout.SlotCount..]);
        var standardized = row.AsSpan(_layout.RowWidth, _layout.RowWidth);
        Prepare(raw, index, standardized, default);
        standardized[_layout.SlotCount..].CopyTo(prepared);
        ArrayPool<float>.Shared.Return(row);
    }

    private void Finish(Span<float> outputs, Span<float> row, Random? random)
    {
        _objective.Predict(outputs);
        if (random is not null) Draw(outputs, random);
        _standardization.Undo(outputs);
        outputs.CopyTo(row);
    }

    private void Draw(Span<float> expected, Random random)
    {
        foreach (var likelihood in _objective.Likelihoods)
            likelihood.AddNoise(expected.Slice(likelihood.Start, likelihood.Length), Noise, random);
        foreach (var group in _layout.Groups)
        {
            var values = expected.Slice(group.Start, group.Length);
            if (group.Kind == FeatureKind.OneHot) OneHotDraw.Replace(values, random);
            if (group.Kind != FeatureKind.Binary) continue;
            foreach (ref float value in values)
                value = random.NextDouble() < value ? 1 : 0;
        }
    }
}
