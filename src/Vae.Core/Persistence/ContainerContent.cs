namespace Vae.Persistence;

/// <summary>What a <see cref="Container"/> holds.</summary>
/// <param name="Version">The format version that it was written in.</param>
/// <param name="Header">UTF-8 JSON.</param>
/// <param name="Data">Little-endian numbers.</param>
internal readonly record struct ContainerContent(int Version, byte[] Header, byte[] Data);
