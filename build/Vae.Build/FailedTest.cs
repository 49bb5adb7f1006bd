namespace Vae.Build;

/// <summary>A test that did not pass.</summary>
public sealed record FailedTest(string Name, string Message, string StackTrace);
