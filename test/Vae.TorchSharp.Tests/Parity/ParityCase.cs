using Vae.Data;
using Vae.Options;

namespace Vae.TorchSharp.Tests.Parity;

/// <summary>One combination of a layout, a kind of rows and options on which the two trainers must agree.</summary>
/// <param name="Name">What a failing test says.</param>
/// <param name="Layout">The slots.</param>
/// <param name="Options">What to train.</param>
/// <param name="Missing">Whether some values are missing.</param>
/// <param name="Weighted">Whether rows have weights.</param>
internal sealed record ParityCase(string Name, FeatureLayout Layout, VaeOptions Options, bool Missing = false, bool Weighted = false)
{
    /// <inheritdoc/>
    public override string ToString() => Name;
}
