using Vae.Data;
using Vae.Options;

namespace Vae.TorchSharp.Tests.Parity;

/// <summary>One combination of a layout, a kind of rows and options on which the two trainers must agree.</summary>
/// <param name="Name">What a failing test says.</param>
/// <param name="Layout">The slots.</param>
/// <param name="Options">What to train.</param>
/// <param name="Missing">Whether some values are missing.</param>
/// <param name="Weighted">Whether rows have weights.</param>
/// <param name="AnchorWeight">λ of an anchor to an earlier model; 0 for none.</param>
internal sealed record ParityCase(
    string Name, FeatureLayout Layout, VaeOptions Options, bool Missing = false, bool Weighted = false, double AnchorWeight = 0)
{
    /// <inheritdoc/>
    public override string ToString() => Name;
}
