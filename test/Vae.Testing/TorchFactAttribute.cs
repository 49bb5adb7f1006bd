using Vae.TorchSharp.Devices;
using Xunit;

namespace Vae.Testing;

/// <summary>A test that needs libtorch, and is skipped with the reason where it cannot be loaded.</summary>
public sealed class TorchFactAttribute : FactAttribute
{
    /// <summary>Looks for libtorch.</summary>
    public TorchFactAttribute() => Skip = TorchLibrary.WhyNot;
}
