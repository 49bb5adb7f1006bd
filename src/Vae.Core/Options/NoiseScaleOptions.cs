using System.Text.Json.Serialization;

namespace Vae.Options;

/// <summary>
/// Where the standard deviation s of the numeric slots comes from, in units of the slots' own standard deviations. It sets the balance between
/// reconstruction and Kullback–Leibler divergence, which is the most consequential choice in a VAE.
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

    /// <summary>s is given: <see cref="FixedNoiseScale"/>.</summary>
    /// <param name="scale">The standard deviation s &gt; 0; 1 is the textbook's half squared error.</param>
    public static NoiseScaleOptions Fixed(double scale = 1) => new FixedNoiseScale(scale);

    /// <summary>log s is a trained parameter: <see cref="LearnedNoiseScale"/>.</summary>
    /// <param name="perSlot">One parameter per numeric slot instead of one for the model.</param>
    public static NoiseScaleOptions Learned(bool perSlot = false) => new LearnedNoiseScale(perSlot);

    /// <summary>s follows the reconstruction error: <see cref="ComputedNoiseScale"/>.</summary>
    public static NoiseScaleOptions Computed() => new ComputedNoiseScale();
}
