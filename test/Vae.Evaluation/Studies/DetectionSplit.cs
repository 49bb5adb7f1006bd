using Vae.Evaluation.Data;
using Vae.Samples;

namespace Vae.Evaluation.Studies;

/// <summary>Half of the normal rows and half of the anomalies are for training, the other halves for testing.</summary>
internal sealed class DetectionSplit
{
    private readonly LabelledTable _table;
    private readonly int[] _normal;
    private readonly int[] _contaminated;
    private readonly int[] _test;

    /// <summary>Shuffles the normal rows, then the anomalies, as NumPy would.</summary>
    public DetectionSplit(LabelledTable table, uint seed)
    {
        _table = table;
        var random = new MersenneTwister(seed);
        int[] normal = RowsOf(0);
        int[] anomalies = RowsOf(1);
        random.Shuffle(normal.AsSpan());
        random.Shuffle(anomalies.AsSpan());
        _normal = normal[..(normal.Length / 2)];
        _contaminated = [.. _normal, .. anomalies[..(anomalies.Length / 2)]];
        _test = [.. normal[_normal.Length..], .. anomalies[(anomalies.Length / 2)..]];
    }

    public float[] TestRows => _table.Take(_test);

    public int[] TestLabels => _table.TakeLabels(_test);

    /// <summary>The rows to train on: those of both kinds as they are, or the normal ones alone.</summary>
    public float[] TrainingRows(bool clean) => _table.Take(clean ? _normal : _contaminated);

    private int[] RowsOf(int label) => [.. Enumerable.Range(0, _table.Count).Where(row => _table.Labels[row] == label)];
}
