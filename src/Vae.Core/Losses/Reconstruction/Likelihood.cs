using Vae.Data;
using Vae.Losses.Noise;
using Vae.Options;

namespace Vae.Losses.Reconstruction;

/// <summary>
/// −log p(x|z) of a run of slots, given the decoder's outputs for them. A likelihood knows one row at a time; the spans it gets start at
/// its first slot and are <see cref="Length"/> long.
/// </summary>
internal abstract class Likelihood(int start, int length)
{
    /// <summary>The first slot.</summary>
    public int Start { get; } = start;

    /// <summary>The number of slots.</summary>
    public int Length { get; } = length;

    /// <summary>Whether the run is one observation, whose term stands in its first slot.</summary>
    public virtual bool IsJoint => false;

    /// <summary>The variance of (x − x̂)/s for a numeric slot; NaN for other slots.</summary>
    public virtual double Variance => double.NaN;

    /// <summary>The likelihood that the options ask for.</summary>
    public static Likelihood Create(FeatureKind kind, VaeOptions options, int start, int length) => kind switch
    {
        FeatureKind.Numeric when options.NumericLikelihood == NumericLikelihoodKind.LogCosh => new LogCoshLikelihood(start, length),
        FeatureKind.Numeric => new GaussianLikelihood(start, length),
        FeatureKind.OneHot when options.OneHotLikelihood == OneHotLikelihoodKind.Categorical => new CategoricalLikelihood(start, length),
        _ => new BernoulliLikelihood(start, length),
    };

    /// <summary>Writes −log p of each observation and its derivatives.</summary>
    public abstract void Evaluate(in SlotValues slots, in SlotTerms terms);

    /// <summary>Writes log ∫ p(y|z)^{b+1} dy of each observation, which the β-divergence needs, and its derivatives.</summary>
    public abstract void Integrate(float robustness, in SlotValues slots, in SlotTerms integrals);

    /// <summary>Turns the decoder's outputs into the expected values of the slots: means and probabilities.</summary>
    public abstract void Predict(Span<float> outputs);

    /// <summary>Turns the expected values of numeric slots into values drawn from p(x|z); does nothing to other slots.</summary>
    /// <param name="outputs">The expected values; receives the drawn ones.</param>
    /// <param name="noise">The noise scales, by slot of the row.</param>
    /// <param name="random">What to draw with.</param>
    public virtual void AddNoise(Span<float> outputs, SlotScales noise, Random random)
    {
    }

    /// <summary>What (x − x̂)/s of a numeric slot exceeds with a probability of at most ½; NaN for other slots.</summary>
    public virtual double UpperQuantile(double probability) => double.NaN;
}
