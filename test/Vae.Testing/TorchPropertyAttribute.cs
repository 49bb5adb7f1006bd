using FsCheck.Xunit;
using Vae.TorchSharp.Devices;

namespace Vae.Testing;

/// <summary>A property that needs libtorch, and is skipped with the reason where it cannot be loaded.</summary>
public sealed class TorchPropertyAttribute : PropertyAttribute
{
    /// <summary>Looks for libtorch.</summary>
    public TorchPropertyAttribute() => Skip = TorchLibrary.WhyNot;
}
