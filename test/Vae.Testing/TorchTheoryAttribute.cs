using Vae.TorchSharp.Devices;
using Xunit;

namespace Vae.Testing;

/// <summary>A theory that needs libtorch, and is skipped with the reason where it cannot be loaded.</summary>
public sealed class TorchTheoryAttribute : TheoryAttribute
{
    /// <summary>Looks for libtorch.</summary>
    public TorchTheoryAttribute() => Skip = TorchLibrary.WhyNot;
}
