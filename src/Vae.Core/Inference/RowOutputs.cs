namespace Vae.Inference;

/// <summary>
/// What to compute of some rows, one behind the other: a span that is empty is not wanted, and nothing is computed for its sake alone.
/// </summary>
internal ref struct RowOutputs
{
    /// <summary>μ [rows × k].</summary>
    public Span<float> Means;

    /// <summary>log σ² [rows × k].</summary>
    public Span<float> LogVariances;

    /// <summary>x̂ at z = μ in original units [rows × D].</summary>
    public Span<float> Reconstructions;

    /// <summary>Reconstruction term + KL at z = μ [rows].</summary>
    public Span<float> Scores;

    /// <summary>Each slot's reconstruction term at z = μ [rows × D].</summary>
    public Span<float> CellScores;

    /// <summary>Whether the decoder has to run.</summary>
    public readonly bool NeedDecoder => !Reconstructions.IsEmpty || !Scores.IsEmpty || !CellScores.IsEmpty;
}
