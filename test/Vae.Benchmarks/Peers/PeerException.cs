namespace Vae.Benchmarks.Peers;

/// <summary>Another library cannot be measured here.</summary>
/// <param name="reason">Why, in its own words where it said some.</param>
internal sealed class PeerException(string reason) : Exception(reason);
