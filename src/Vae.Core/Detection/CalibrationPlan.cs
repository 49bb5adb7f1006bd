using System.Globalization;
using Vae.Numerics.RandomNumbers;
using Vae.Options;

namespace Vae.Detection;

/// <summary>Which rows of a table train a part of a detector, and which calibrate it, whatever is in them.</summary>
internal sealed class CalibrationPlan
{
    /// <summary>More calibration rows than these add little, unless more are needed.</summary>
    private const int EnoughRows = 10_000;

    private const int DefaultFolds = 5;
    private const byte OnlyTrains = 254;
    private const byte Unused = 255;

    private readonly byte[] _folds;

    /// <param name="used">Whether each row of the table is used at all.</param>
    /// <param name="options">What was chosen.</param>
    /// <param name="seed">The seed of the choice.</param>
    /// <exception cref="ArgumentException">No alarm would be possible; the message says how many rows are needed.</exception>
    public CalibrationPlan(IReadOnlyList<bool> used, DetectionOptions options, ulong seed)
    {
        int[] rows = [.. Enumerable.Range(0, used.Count).Where(row => used[row])];
        long needed = RowsNeeded(options);
        int held = SplitRows(rows.Length, needed, options);
        bool isSplit = options.CalibrationFolds is 1 || (options.CalibrationFolds is null && held >= needed);
        Parts = isSplit ? 1 : options.CalibrationFolds ?? DefaultFolds;
        if (needed > (isSplit ? held : rows.Length) || (!isSplit && rows.Length < 2 * Parts))
            throw new ArgumentException(TooFew(rows.Length, needed, isSplit ? held : null, options));
        float[] keys = new float[rows.Length];
        CounterRandom.FillUniform(seed, RandomStreams.Calibration, 0, keys);
        Array.Sort(keys, rows);
        _folds = new byte[used.Count];
        Array.Fill(_folds, Unused);
        for (int i = 0; i < rows.Length; i++)
            _folds[rows[i]] = isSplit ? (i < held ? (byte)0 : OnlyTrains) : (byte)(i % Parts);
    }

    /// <summary>The number of parts.</summary>
    public int Parts { get; }

    /// <summary>Whether a row trains a part.</summary>
    public bool Trains(int part, int row) => _folds[row] != part && _folds[row] != Unused;

    /// <summary>Whether a row calibrates a part.</summary>
    public bool Calibrates(int part, int row) => _folds[row] == part;

    /// <summary>The calibration rows without which no alarm is possible, those that contamination takes away included.</summary>
    private static long RowsNeeded(DetectionOptions options)
    {
        long needed = AlarmRule.RowsNeeded(options.FalseAlarmRate);
        return (long)Math.Ceiling(needed / (1 - options.Contamination));
    }

    /// <summary>The fraction that was asked for, or as many as are needed if they leave as many to train on.</summary>
    private static int SplitRows(int rows, long needed, DetectionOptions options)
    {
        int held = (int)Math.Min(Math.Round(options.CalibrationFraction * rows), Math.Max(EnoughRows, needed));
        return held < needed && needed <= rows / 2 ? (int)needed : held;
    }

    private static string TooFew(int rows, long needed, int? held, DetectionOptions options)
    {
        string calibrate = held is { } some ? $", of which {some} would calibrate it" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"The option {nameof(options.FalseAlarmRate)} is {options.FalseAlarmRate}, and no alarm is possible with fewer than {needed} "
            + $"calibration rows. The table has {rows} rows{calibrate}: give it more, or raise {nameof(options.FalseAlarmRate)}.");
    }
}
