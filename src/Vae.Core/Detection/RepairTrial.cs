using Vae.Data;
using Vae.Explanation;
using Vae.Inference;

namespace Vae.Detection;

/// <summary>What a detector says of a row once some features have their expected values.</summary>
internal sealed class RepairTrial(VaeDetector detector, float[] row, double pValue)
{
    private const int BlockRows = RowEncoder.BlockRows;

    private readonly float[] _replaced = new float[row.Length];

    /// <summary>Whether a feature has a value, seen in training or not.</summary>
    public bool CanRemove(Feature feature)
    {
        row.CopyTo(_replaced, 0);
        detector.Parts[0].Known.Replace(_replaced);
        return feature.IsObserved(_replaced);
    }

    /// <summary>The row with the expected values of some features.</summary>
    public float[] Fill(Feature[] removed) => Fill([removed]);

    /// <summary>Tries sets of features; the ones with the lowest scores come first.</summary>
    public RepairOutcome[] Rank(Feature[][] sets) => [.. sets.Chunk(BlockRows).SelectMany(Try).OrderBy(outcome => outcome.Score)];

    private IEnumerable<RepairOutcome> Try(Feature[][] sets)
    {
        float[] filled = Fill(sets);
        float[] scratch = new float[detector.ScratchLength];
        return sets.Select((removed, i) =>
        {
            var detection = detector.Detect(filled.AsSpan(i * row.Length, row.Length), -1, scratch);
            return new RepairOutcome(removed, detection.Score, detection.PValue > pValue);
        });
    }

    /// <summary>The row with the expected values of one set of features after the other: the means of what the models expect.</summary>
    private float[] Fill(Feature[][] sets)
    {
        int slots = detector.Layout.SlotCount;
        float[] hidden = new float[sets.Length * row.Length];
        float[] expected = new float[sets.Length * slots];
        float[] own = new float[expected.Length];
        foreach (var part in detector.Parts)
        {
            row.CopyTo(_replaced, 0);
            part.Known.Replace(_replaced);
            for (int i = 0; i < sets.Length; i++)
            {
                var copy = hidden.AsSpan(i * row.Length, row.Length);
                _replaced.CopyTo(copy);
                foreach (var feature in sets[i])
                    feature.Of(copy).Fill(float.NaN);
            }

            part.Model.Evaluator.Evaluate(hidden, sets.Length, new RowOutputs { Reconstructions = own });
            for (int i = 0; i < own.Length; i++)
                expected[i] += own[i] / detector.Parts.Count;
        }

        for (int i = 0; i < sets.Length; i++)
        {
            var copy = hidden.AsSpan(i * row.Length, row.Length);
            row.CopyTo(copy);
            foreach (var feature in sets[i])
                FeatureExpectation.Fill(feature, expected.AsSpan(i * slots, slots), copy);
        }

        return hidden;
    }
}

/// <summary>What became of a row without some of its values.</summary>
/// <param name="Removed">The features that have their expected values.</param>
/// <param name="Score">The score then.</param>
/// <param name="IsNormal">Whether that is no anomaly.</param>
internal sealed record RepairOutcome(Feature[] Removed, float Score, bool IsNormal);
