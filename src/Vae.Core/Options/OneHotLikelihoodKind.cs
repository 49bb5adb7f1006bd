namespace Vae.Options;

/// <summary>How the slots of a one-hot group are reconstructed.</summary>
public enum OneHotLikelihoodKind
{
    /// <summary>Every slot on its own: −log p = softplus(a) − x·a with the logit a (Akrami et al. 2022).</summary>
    Bernoulli,

    /// <summary>The group as one choice: −log p = logsumexp(a) − a_class.</summary>
    Categorical,
}
