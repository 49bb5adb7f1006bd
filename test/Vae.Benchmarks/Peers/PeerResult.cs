namespace Vae.Benchmarks.Peers;

/// <summary>The training step of another library.</summary>
/// <param name="Name">The library.</param>
/// <param name="Microseconds">The median time of a step with the best thread setting.</param>
/// <param name="Threads">That setting.</param>
/// <param name="Ratio">How many times as long as the managed trainer's step it takes.</param>
internal sealed record PeerResult(string Name, double Microseconds, string Threads, double Ratio);
