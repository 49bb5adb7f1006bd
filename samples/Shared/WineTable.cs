using System.Globalization;

namespace Vae.Samples;

/// <summary>The wine data: one row of chemical measurements per wine, and the cultivar that it was made from.</summary>
public sealed class WineTable
{
    private WineTable(string[] measurements, float[] values, int[] cultivars)
    {
        Measurements = measurements;
        Values = values;
        Cultivars = cultivars;
    }

    /// <summary>The names of the measurements.</summary>
    public string[] Measurements { get; }

    /// <summary>The measurements, row after row.</summary>
    public float[] Values { get; }

    /// <summary>The cultivar of each row: 0, 1 or 2.</summary>
    public int[] Cultivars { get; }

    /// <summary>What a reader calls the cultivars.</summary>
    public string[] CultivarNames => [.. Cultivars.Distinct().Order().Select(cultivar => $"Cultivar {cultivar + 1}")];

    /// <summary>The number of measurements in a row.</summary>
    public int Width => Measurements.Length;

    /// <summary>Reads a file with a header row whose last column is the cultivar.</summary>
    public static WineTable Read(string path)
    {
        var lines = File.ReadAllLines(path);
        var rows = lines.Skip(1).Select(line => line.Split(',')).ToArray();
        var names = rows.Select(row => row[^1]).Distinct().Order(StringComparer.Ordinal).ToList();
        return new WineTable(
            lines[0].Split(',')[..^1],
            [.. rows.SelectMany(row => row[..^1]).Select(cell => float.Parse(cell, CultureInfo.InvariantCulture))],
            [.. rows.Select(row => names.IndexOf(row[^1]))]);
    }

    /// <summary>The measurements of some rows, row after row.</summary>
    public float[] Select(IEnumerable<int> rows) => [.. rows.SelectMany(row => Values[(row * Width)..((row + 1) * Width)])];
}
