namespace Vae.Benchmarks.Peers;

/// <summary>One epoch over a large table.</summary>
/// <param name="MillionRows">The number of rows in millions.</param>
/// <param name="Seconds">The whole training: reading, writing the temporary file, standardization, the epoch and the diagnosis.</param>
/// <param name="GenerationSeconds">What making the rows took of it.</param>
/// <param name="PeakResidentMegabytes">The most memory that the process has used so far.</param>
internal sealed record LargeTableResult(int MillionRows, double Seconds, double GenerationSeconds, double PeakResidentMegabytes);
