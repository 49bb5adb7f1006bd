namespace Vae.Options;

/// <summary>The units of an embedding. They change its distances, and nothing that the model decodes, samples or scores.</summary>
public enum EmbeddingScale
{
    /// <summary>The posterior mean μ as it is: the prior makes every dimension about equally wide, however little it decodes to.</summary>
    Prior,

    /// <summary>
    /// Each dimension of μ times its <see cref="Inference.LatentAxis.Factor"/>: a step is as long as the decoded row moves by, in
    /// standardized units, so that near rows are those that look alike. The log-variance is that of the scaled dimension.
    /// </summary>
    Data,
}
