using Vae.Evaluation.Data;
using Vae.Samples;

namespace Vae.Evaluation.Studies;

/// <summary>
/// Half of the normal rows are for training and half for testing; a tenth of the anomalies may contaminate the training rows, the rest is
/// for testing. So the test rows are the same at every level of contamination.
/// </summary>
internal sealed class ContaminationSplit
{
    public const int LargestPercentage = 10;

    private readonly LabelledTable _table;
    private readonly int[] _normal;
    private readonly int[] _contaminants;
    private readonly int[] _test;
    private readonly int _anomalies;

    /// <summary>Shuffles the normal rows, then the anomalies.</summary>
    public ContaminationSplit(LabelledTable table, uint seed)
    {
        _table = table;
        var random = new MersenneTwister(seed);
        int[] normal = RowsOf(0);
        int[] anomalies = RowsOf(1);
        _anomalies = anomalies.Length;
        random.Shuffle(normal.AsSpan());
        random.Shuffle(anomalies.AsSpan());
        _normal = normal[..(normal.Length / 2)];
        _contaminants = anomalies[..CountAt(LargestPercentage)];
        _test = [.. normal[_normal.Length..], .. anomalies[_contaminants.Length..]];
    }

    public float[] TestRows => _table.Take(_test);

    public int[] TestLabels => _table.TakeLabels(_test);

    /// <summary>The normal training rows and a percentage of all anomalies.</summary>
    public float[] TrainingRows(int percentage) => _table.Take([.. _normal, .. _contaminants[..CountAt(percentage)]]);

    private int CountAt(int percentage) => (int)Math.Round(_anomalies * percentage / 100.0);

    private int[] RowsOf(int label) => [.. Enumerable.Range(0, _table.Count).Where(row => _table.Labels[row] == label)];
}
