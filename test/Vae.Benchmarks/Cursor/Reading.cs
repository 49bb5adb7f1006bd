using Vae.Benchmarks.Reporting;

namespace Vae.Benchmarks.Cursor;

/// <summary>A way to read all rows, round after round.</summary>
/// <param name="name">What the table calls it.</param>
internal abstract class Reading(string name)
{
    private readonly List<double> _nanoseconds = [];
    private readonly List<double> _bytes = [];

    public string Name { get; } = name;

    /// <summary>The median over rounds of nanoseconds per row.</summary>
    public double Nanoseconds => Median.Of(_nanoseconds);

    /// <summary>The median over rounds of the bytes that all threads allocated per row.</summary>
    public double Bytes => Median.Of(_bytes);

    /// <summary>Reads all rows.</summary>
    public void Round(bool isWarmUp)
    {
        var (nanoseconds, bytes) = Read();
        if (isWarmUp) return;
        _nanoseconds.Add(nanoseconds);
        _bytes.Add(bytes);
    }

    /// <summary>Reads all rows. Returns nanoseconds and bytes per row.</summary>
    protected abstract (double Nanoseconds, double Bytes) Read();
}
