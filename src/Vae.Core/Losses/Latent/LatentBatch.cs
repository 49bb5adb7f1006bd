
namespace Vae.Losses.Latent;

/// <summary>The posteriors and latent samples of a minibatch, as the latent regularizers see them.</summary>
internal sealed class LatentBatch
{
    /// <summary>log σ² is held between these, and gradients do not pass the bounds.</summary>
    public const float SmallestLogVariance = -20;

    /// <inheritdoc cref="SmallestLogVariance"/>
    public const float LargestLogVariance = 10;

    /// <summary>The encoder's outputs [rows × 2k]: μ and then the unclamped log σ².</summary>
    public required ValueAndGradient Head { get; init; }

    /// <summary>z [rows × (k + conditions)]; only the first k columns are latent.</summary>
    public required ValueAndGradient Latent { get; init; }

    /// <summary>k.</summary>
    public required int Dimension { get; init; }

    /// <summary>The number of rows of the minibatch.</summary>
    public int Rows { get; set; }

    /// <summary>N, the number of rows of the whole table.</summary>
    public long TableRows { get; init; }

    /// <summary>The seed of the training.</summary>
    public ulong Seed { get; init; }

    /// <summary>The number of the step.</summary>
    public long Step { get; set; }

    /// <summary>The weight of each row in the average over the minibatch: (its own weight) / rows.</summary>
    public required float[] RowWeights { get; init; }

    /// <summary>The schedule's factor on the regularizer.</summary>
    public float Factor { get; set; }

    /// <summary>Receives KL(q(z|x) ‖ N(0, I)) of each row, whatever the regularizer.</summary>
    public required float[] KullbackLeibler { get; init; }

    /// <summary>μ of a row.</summary>
    public Span<float> Mean(int row) => Head.Value.Row(row)[..Dimension];

    /// <summary>log σ² of a row, not clamped.</summary>
    public Span<float> LogVariance(int row) => Head.Value.Row(row)[Dimension..];

    /// <summary>∂L/∂μ of a row.</summary>
    public Span<float> MeanGradient(int row) => Head.Gradient.Row(row)[..Dimension];

    /// <summary>∂L/∂log σ² of a row.</summary>
    public Span<float> LogVarianceGradient(int row) => Head.Gradient.Row(row)[Dimension..];

    /// <summary>log σ² within the bounds.</summary>
    public static float Clamp(float logVariance) => Math.Clamp(logVariance, SmallestLogVariance, LargestLogVariance);

    /// <summary>Whether a gradient passes through <see cref="Clamp"/>.</summary>
    public static bool IsClamped(float logVariance) => logVariance is < SmallestLogVariance or > LargestLogVariance;
}
