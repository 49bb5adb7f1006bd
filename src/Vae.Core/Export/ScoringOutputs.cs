namespace Vae.Export;

/// <summary>What an exported model computes of a row. The names are those of the outputs.</summary>
[Flags]
public enum ScoringOutputs
{
    /// <summary>The embedding [k]: the posterior mean μ in the units of <see cref="Options.VaeOptions.EmbeddingScale"/>.</summary>
    Embedding = 1,

    /// <summary>The log-variance of the embedding [k], in the same units.</summary>
    LogVariance = 2,

    /// <summary>How unusual the row is: reconstruction term + KL at z = μ, in nats.</summary>
    Score = 4,

    /// <summary>How unusual each modelled value is: its own reconstruction term [D]; 0 where the value is missing.</summary>
    CellScores = 8,

    /// <summary>What the model expects of the row at z = μ [D], in original units; probabilities for binary and one-hot slots.</summary>
    Reconstruction = 16,

    /// <summary>All of them.</summary>
    All = Embedding | LogVariance | Score | CellScores | Reconstruction,
}
