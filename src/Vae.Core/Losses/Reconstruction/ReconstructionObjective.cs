using Vae.Data;
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
        var likelihoods = Runs(layout, options);
        return new ReconstructionObjective(likelihoods, ReconstructionRule.Create(options, likelihoods));
    }

    /// <summary>−log p(x|z), by which rows are scored whatever the training minimized: a robust loss would hide the anomalies.</summary>
    public static ReconstructionObjective ForScoring(FeatureLayout layout, VaeOptions options) =>
        new(Runs(layout, options), new LogLikelihoodRule());

    /// <summary>Evaluates one row.</summary>
    /// <param name="row">All slots of the row.</param>
    /// <param name="mask">1 where a value was observed and 0 where it is missing; empty if nothing is missing.</param>
    /// <param name="terms">Receives the term of each slot and its derivatives.</param>
    /// <param name="scratch"><see cref="ScratchRows"/> × D floats.</param>
    /// <returns>The reconstruction term of the row.</returns>
    public float Evaluate(in SlotValues row, ReadOnlySpan<float> mask, in SlotTerms terms, Span<float> scratch)
    {
        foreach (var likelihood in _likelihoods)
            likelihood.Evaluate(row.Slice(likelihood.Start, likelihood.Length), terms.Slice(likelihood.Start, likelihood.Length));
        return _rule.Combine(row, mask, terms, scratch);
    }

    /// <summary>Turns the decoder's outputs into expected values, in standardized units.</summary>
    public void Predict(Span<float> outputs)
    {
        foreach (var likelihood in _likelihoods)
            likelihood.Predict(outputs.Slice(likelihood.Start, likelihood.Length));
    }

    /// <summary>The likelihoods of the groups, neighbours with the same one put together unless a group is one observation.</summary>
    private static Likelihood[] Runs(FeatureLayout layout, VaeOptions options)
    {
        var runs = new List<Likelihood>();
        foreach (var group in layout.Groups)
        {
            var next = Likelihood.Create(group.Kind, options, group.Start, group.Length);
            if (!next.IsJoint && runs.Count > 0 && runs[^1].GetType() == next.GetType())
                runs[^1] = Likelihood.Create(group.Kind, options, runs[^1].Start, group.End - runs[^1].Start);
            else
                runs.Add(next);
        }

        return [.. runs];
    }
}
