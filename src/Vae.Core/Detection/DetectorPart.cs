using Vae.Inference;
using Vae.Losses.Latent;

namespace Vae.Detection;

/// <summary>One model of a detector with what calibrates it. Immutable.</summary>
internal sealed record DetectorPart(VaeModel Model, KnownCategories Known, ConformalCalibration Calibration)
{
    /// <summary>The floats that the scoring of a row needs as scratch memory.</summary>
    public static int ScratchLength(VaeModel model) =>
        model.Layout.RowWidth + 2 * model.LatentDimension + model.Evaluator.ScratchLength(1);

    /// <summary>The score of a row and the KL divergence in it.</summary>
    /// <param name="model">The model.</param>
    /// <param name="known">The categories that it was trained with.</param>
    /// <param name="row">The row in original units.</param>
    /// <param name="number">The row's number for messages; negative if it has none.</param>
    /// <param name="scratch">Scratch memory of <see cref="ScratchLength"/> floats.</param>
    /// <exception cref="ArgumentException">The row is not valid; the message names the slot and the row.</exception>
    public static (float Score, float KullbackLeibler) Score(
        VaeModel model, KnownCategories known, ReadOnlySpan<float> row, long number, Span<float> scratch)
    {
        var copy = scratch.Take(row.Length);
        var means = scratch.Take(model.LatentDimension);
        var logVariances = scratch.Take(model.LatentDimension);
        row.CopyTo(copy);
        float surcharge = known.Replace(copy);
        float score = 0;
        var outputs = new RowOutputs { Means = means, LogVariances = logVariances, Scores = new Span<float>(ref score) };
        model.Evaluator.Evaluate(copy, 1, outputs, number, scratch);
        return (score + surcharge, KullbackLeibler.Of(means, logVariances));
    }
}
