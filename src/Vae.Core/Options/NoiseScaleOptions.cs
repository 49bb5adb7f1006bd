using System.Text.Json.Serialization;

namespace Vae.Options;

/// <summary>
/// Where the standard deviation s of the numeric slots comes from, in units of the slots' own standard deviations. It sets the balance
/// between reconstruction and Kullback–Leibler divergence, which is the most consequential choice in a VAE.
/// </summary>
[JsonDerivedType(typeof(FixedNoiseScale), "fixed")]
[JsonDerivedType(typeof(LearnedNoiseScale), "learned")]
[JsonDerivedType(typeof(ComputedNoiseScale), "computed")]
public abstract record NoiseScaleOptions
{
    private protected NoiseScaleOptions()
    {
    }

    /// <summary>The smallest noise scale that is learned or computed.</summary>
    public const double Minimum = 1e-3;

    /// <summary>
    /// The smallest noise scale that is learned with a <see cref="VaeOptions.Robustness"/>: a robust loss can give up most rows to describe
    /// a few exactly, and the scores of the others would be numbers without a meaning.
    /// </summary>
    public const double RobustMinimum = 0.1;

    /// <summary>One of each kind, with its defaults.</summary>
    internal static IReadOnlyList<NoiseScaleOptions> Kinds => [Fixed(), Learned(), Computed()];

    /// <summary>s is given: <see cref="FixedNoiseScale"/>.</summary>
    /// <param name="scale">The standard deviation s &gt; 0; 1 is the textbook's half squared error.</param>
    public static NoiseScaleOptions Fixed(double scale = 1) => new FixedNoiseScale(scale);

    /// <summary>log s is a trained parameter: <see cref="LearnedNoiseScale"/>.</summary>
    /// <param name="perSlot">One parameter per numeric slot instead of one for the model.</param>
    public static NoiseScaleOptions Learned(bool perSlot = false) => new LearnedNoiseScale(perSlot);

    /// <summary>s follows the reconstruction error: <see cref="ComputedNoiseScale"/>.</summary>
    public static NoiseScaleOptions Computed() => new ComputedNoiseScale();

    /// <summary>Checks the values.</summary>
    internal virtual void Validate()
    {
    }
}

/// <summary>A noise scale that does not change.</summary>
/// <param name="Scale">The standard deviation s &gt; 0 of every numeric slot, in units of the slot's own standard deviation.</param>
public sealed record FixedNoiseScale(double Scale) : NoiseScaleOptions
{
    internal override void Validate() => OptionCheck.Positive(Scale, nameof(VaeOptions.NoiseScale));
}

/// <summary>
/// log s is trained with the weights, and kept at or above log <see cref="NoiseScaleOptions.Minimum"/> (Dai &amp; Wipf 2019), or with a
/// robustness log <see cref="NoiseScaleOptions.RobustMinimum"/>.
/// </summary>
/// <param name="PerSlot">One parameter per numeric slot instead of one for the model.</param>
public sealed record LearnedNoiseScale(bool PerSlot) : NoiseScaleOptions;

/// <summary>
/// s = √m without a gradient; after each batch m ← min(m, 0.99·m + 0.01·(mean squared error of the batch)), from m = 1
/// (Asperti &amp; Trentin 2020).
/// </summary>
public sealed record ComputedNoiseScale : NoiseScaleOptions
{
    /// <summary>The factor on m.</summary>
    internal const double Kept = 0.99;

    /// <summary>The factor on the mean squared error of the batch.</summary>
    internal const double Taken = 0.01;

    /// <summary>The smallest m that s is computed from.</summary>
    internal const double MinimumSquare = Minimum * Minimum;
}
