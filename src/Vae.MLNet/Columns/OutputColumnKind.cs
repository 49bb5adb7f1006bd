namespace Vae.MLNet.Columns;

/// <summary>What a column that a VAE appends holds.</summary>
internal enum OutputColumnKind
{
    /// <summary>The posterior mean μ.</summary>
    Embedding,

    /// <summary>The posterior log-variance log σ².</summary>
    LogVariance,

    /// <summary>The row's score.</summary>
    Score,

    /// <summary>Each slot's score.</summary>
    CellScores,

    /// <summary>The expected row.</summary>
    Reconstruction,
}
