using Vae.Data;
using Vae.Losses.Noise;
using Vae.Options;

namespace Vae.Losses.Reconstruction;

/// <summary>The reconstruction term of one row: the likelihoods of its slots, with missing values left out.</summary>
internal sealed class ReconstructionObjective
{
    private readonly Likelihood[] _likelihoods;
    private readonly ReconstructionRule _rule;

    private ReconstructionObjective(Likelihood[] likelihoods, ReconstructionRule rule)
    {
        _likelihoods = likelihoods;
        _rule = rule;
    }

    /// <summary>How many spans of D floats <see cref="Evaluate"/> needs as scratch.</summary>
    public int ScratchRows => _rule.ScratchRows;

    /// <summary>The likelihoods, in slot order; together they cover every modelled slot once.</summary>
    public IReadOnlyList<Likelihood> Likelihoods => _likelihoods;

    /// <summary>What training minimizes.</summary>
    public static ReconstructionObjective ForTraining(FeatureLayout layout, VaeOptions options)
    {
        Likelihood[] likelihoods = [.. Runs(layout, options)];
        return new ReconstructionObjective(likelihoods, ReconstructionRule.Create(options, likelihoods));
    }

    /// <summary>−log p(x|z), by which rows are scored whatever the training minimized: a robust loss would hide the anomalies.</summary>
    public static ReconstructionObjective ForScoring(FeatureLayout layout, VaeOptions options) => new([.. Runs(layout, options)], new LogLikelihoodRule());

    /// <summary>Evaluates one row.</summary>
    /// <param name="outputs">The decoder's outputs [D].</param>
    /// <param name="targets">The standardized row [D], 0 where missing.</param>
    /// <param name="mask">1 where a value was observed and 0 where it is missing [D]; empty if nothing is missing.</param>
    /// <param name="noise">The noise scales.</param>
    /// <param name="terms">Receives the term of each slot [D].</param>
    /// <param name="gradients">Receives ∂rec/∂outputs [D].</param>
    /// <param name="scaleGradients">Receives ∂rec/∂log s by slot [D], or is empty.</param>
    /// <param name="scratch"><see cref="ScratchRows"/> × D floats.</param>
    /// <returns>The reconstruction term of the row.</returns>
    public float Evaluate(
        ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, ReadOnlySpan<float> mask, SlotScales noise,
        Span<float> terms, Span<float> gradients, Span<float> scaleGradients, Span<float> scratch)
    {
        foreach (var likelihood in _likelihoods)
        {
            int start = likelihood.Start;
            int length = likelihood.Length;
            likelihood.Evaluate(
                outputs.Slice(start, length), targets.Slice(start, length), noise,
                terms.Slice(start, length), gradients.Slice(start, length), scaleGradients.IsEmpty ? default : scaleGradients.Slice(start, length));
        }

        return _rule.Combine(outputs, mask, noise, terms, gradients, scaleGradients, scratch);
    }

    /// <summary>Turns the decoder's outputs into expected values, in standardized units.</summary>
    public void Predict(Span<float> outputs)
    {
        foreach (var likelihood in _likelihoods)
            likelihood.Predict(outputs.Slice(likelihood.Start, likelihood.Length));
    }

    private static IEnumerable<Likelihood> Runs(FeatureLayout layout, VaeOptions options)
    {
        int index = 0;
        while (index < layout.Groups.Count)
        {
            var first = layout.Groups[index];
            var type = LikelihoodOf(first, options);
            int end = first.End;
            index++;
            while (type != typeof(CategoricalLikelihood) && index < layout.Groups.Count && LikelihoodOf(layout.Groups[index], options) == type)
                end = layout.Groups[index++].End;
            yield return Create(type, first.Start, end - first.Start);
        }
    }

    private static Type LikelihoodOf(FeatureGroup group, VaeOptions options) => group.Kind switch
    {
        FeatureKind.Numeric => options.NumericLikelihood == NumericLikelihoodKind.LogCosh ? typeof(LogCoshLikelihood) : typeof(GaussianLikelihood),
        FeatureKind.OneHot when options.OneHotLikelihood == OneHotLikelihoodKind.Categorical => typeof(CategoricalLikelihood),
        _ => typeof(BernoulliLikelihood),
    };

    private static Likelihood Create(Type type, int start, int length) =>
        type == typeof(GaussianLikelihood) ? new GaussianLikelihood(start, length)
        : type == typeof(LogCoshLikelihood) ? new LogCoshLikelihood(start, length)
        : type == typeof(CategoricalLikelihood) ? new CategoricalLikelihood(start, length)
        : new BernoulliLikelihood(start, length);
}
