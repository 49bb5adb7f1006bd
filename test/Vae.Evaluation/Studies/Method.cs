using Vae.Options;

namespace Vae.Evaluation.Studies;

/// <summary>A way to embed rows: PCA (no options) or a VAE.</summary>
internal sealed record Method(string Name, VaeOptions? Options);
