namespace Vae.Benchmarks.Peers;

/// <summary>The training step of another library.</summary>
/// <param name="Name">The library.</param>
/// <param name="Microseconds">The median time of a step with the best thread setting; null if the library did not run.</param>
/// <param name="Threads">That setting.</param>
/// <param name="Ratio">How many times as long as the managed trainer's step it takes.</param>
/// <param name="NotRun">"not run: " and why; null if it did.</param>
internal sealed record PeerResult(string Name, double? Microseconds, string? Threads, double? Ratio, string? NotRun)
{
    /// <summary>The columns of a table: time, threads, ratio.</summary>
    public IReadOnlyList<FormattableString> Cells() =>
        NotRun is null ? [$"{Microseconds:N1}", $"{Threads}", $"{Ratio:0.0}"] : [$"not run", $"", $""];
}
