
namespace Vae.Options;

/// <summary>The function between two dense layers.</summary>
public enum Activation
{
    /// <summary>f(x) = x.</summary>
    Identity,

    /// <summary>f(x) = max(x, 0).</summary>
    ReLU,

    /// <summary>f(x) = x for x &gt; 0, else 0.01·x.</summary>
    LeakyReLU,

    /// <summary>f(x) = x for x &gt; 0, else eˣ − 1 (Clevert et al. 2016).</summary>
    ELU,

    /// <summary>f(x) = x·Φ(x), Φ the standard normal distribution function (Hendrycks &amp; Gimpel 2016).</summary>
    GELU,

    /// <summary>f(x) = tanh x.</summary>
    Tanh,

    /// <summary>f(x) = log(1 + eˣ).</summary>
    Softplus,
}
