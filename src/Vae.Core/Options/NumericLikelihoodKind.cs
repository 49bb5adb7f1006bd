namespace Vae.Options;

/// <summary>How numeric slots are reconstructed.</summary>
public enum NumericLikelihoodKind
{
    /// <summary>−log p = ½ [(x − x̂)²/s² + log s² + log 2π], s the noise scale.</summary>
    Gaussian,

    /// <summary>(1/c)·log cosh(c·(x̂ − x)/s) + log s, c = 10: near |x̂ − x|/s, smooth at 0 (Chen et al. 2018).</summary>
    LogCosh,
}
