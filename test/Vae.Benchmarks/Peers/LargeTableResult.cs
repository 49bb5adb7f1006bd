namespace Vae.Benchmarks.Peers;

/// <summary>One epoch over a large table.</summary>
/// <param name="MillionRows">The number of rows in millions.</param>
/// <param name="InMemory">Whether the table was kept in memory, and not in a temporary file.</param>
/// <param name="Seconds">The whole training: reading, writing the temporary file, standardization, the epoch and the diagnosis.</param>
/// <param name="GenerationSeconds">What making the rows took of it.</param>
/// <param name="ProcessorSeconds">The time of all threads.</param>
/// <param name="PeakResidentMegabytes">The most memory that the process has used so far.</param>
internal sealed record LargeTableResult(
    int MillionRows, bool InMemory, double Seconds, double GenerationSeconds, double ProcessorSeconds, double PeakResidentMegabytes);
