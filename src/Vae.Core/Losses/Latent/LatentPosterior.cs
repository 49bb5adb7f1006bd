namespace Vae.Losses.Latent;

/// <summary>The posteriors and latent samples of a minibatch, and what the loss says of them.</summary>
/// <param name="head">The encoder's outputs [rows × 2k]: μ and then the unclamped log σ².</param>
/// <param name="latent">z [rows × (k + conditions)]; only the first k columns are latent.</param>
/// <param name="dimension">k.</param>
/// <param name="rowWeights">The weight of each row in the average over the minibatch: (its own weight) / rows.</param>
internal sealed class LatentPosterior(ValueAndGradient head, ValueAndGradient latent, int dimension, float[] rowWeights)
{
    /// <summary>The encoder's outputs [rows × 2k]: μ and then the unclamped log σ².</summary>
    public ValueAndGradient Head => head;

    /// <summary>z [rows × (k + conditions)]; only the first k columns are latent.</summary>
    public ValueAndGradient Latent => latent;

    /// <summary>k.</summary>
    public int Dimension => dimension;

    /// <summary>The weight of each row in the average over the minibatch: (its own weight) / rows.</summary>
    public float[] RowWeights => rowWeights;

    /// <summary>KL(q(z|x) ‖ N(0, I)) of each row, whatever the regularizer.</summary>
    public float[] KullbackLeibler { get; } = new float[rowWeights.Length];

    /// <summary>Each row's share of the regularizer, the schedule's factor included: Σ RowWeights·Terms is the regularizer.</summary>
    public float[] Terms { get; } = new float[rowWeights.Length];

    /// <summary>What <see cref="Terms"/> are when the schedule's factor is 1.</summary>
    public float[] FullTerms { get; } = new float[rowWeights.Length];

    /// <summary>μ of a row.</summary>
    public Span<float> Mean(int row) => head.Value.Row(row)[..dimension];

    /// <summary>log σ² of a row, not clamped.</summary>
    public Span<float> LogVariance(int row) => head.Value.Row(row)[dimension..];

    /// <summary>∂L/∂μ of a row.</summary>
    public Span<float> MeanGradient(int row) => head.Gradient.Row(row)[..dimension];

    /// <summary>∂L/∂log σ² of a row.</summary>
    public Span<float> LogVarianceGradient(int row) => head.Gradient.Row(row)[dimension..];
}
