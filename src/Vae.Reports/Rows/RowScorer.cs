using Vae.Detection;
using Vae.Inference;

namespace Vae.Reports.Rows;

/// <summary>Scores rows: as an embedding's model does, or as a detector, which also says which are anomalies.</summary>
/// <param name="model">The model that is reported; of a detector with several the first.</param>
/// <param name="detector">The detector, or null.</param>
internal sealed class RowScorer(VaeModel model, VaeDetector? detector)
{
    /// <summary>The rows that go through the model at a time.</summary>
    public const int BlockRows = RowEncoder.BlockRows;

    private readonly float[] _scores = new float[BlockRows];
    private readonly float[] _scratch =
        new float[Math.Max(model.Evaluator.ScratchLength(BlockRows), detector?.ScratchLength ?? 0)];

    /// <summary>Scores some rows.</summary>
    /// <param name="rows">At most <see cref="BlockRows"/> rows.</param>
    /// <param name="first">The number of the first in its table, for messages.</param>
    /// <param name="results">Receives the results; without a detector there are no p-values.</param>
    /// <exception cref="ArgumentException">A row is not valid; the message names the slot and the row.</exception>
    public void Score(ReadOnlySpan<float> rows, long first, Span<RowDetection> results)
    {
        int width = model.Layout.RowWidth;
        if (detector is not null)
        {
            for (int i = 0; i < results.Length; i++)
                results[i] = detector.Detect(rows.Slice(i * width, width), first + i, _scratch);
            return;
        }

        var scores = _scores.AsSpan(0, results.Length);
        model.Evaluator.Evaluate(rows, results.Length, new RowOutputs { Scores = scores }, first, _scratch);
        for (int i = 0; i < results.Length; i++)
            results[i] = new RowDetection(scores[i], float.NaN, float.NaN, false);
    }
}
