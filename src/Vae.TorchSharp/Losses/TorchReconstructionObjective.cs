using Vae.Data;
using Vae.Options;
using Vae.TorchSharp.Numerics;
using static TorchSharp.torch;

namespace Vae.TorchSharp.Losses;

/// <summary>The reconstruction term of each row: its likelihoods, with missing values left out.</summary>
internal sealed class TorchReconstructionObjective : IDisposable
{
    private readonly TorchLikelihood[] _likelihoods;
    private readonly double _robustness;
    private readonly bool _isRobust;
    private readonly RobustnessForm _form;

    public TorchReconstructionObjective(FeatureLayout layout, VaeOptions options, Device device)
    {
        _likelihoods = [.. Create(layout, options, device)];
        _robustness = options.Robustness;
        _isRobust = options.IsRobust;
        _form = options.RobustnessForm;
    }

    /// <summary>Evaluates rows [rows].</summary>
    /// <param name="outputs">The decoder's outputs [rows × D].</param>
    /// <param name="targets">The standardized rows, 0 where missing [rows × D].</param>
    /// <param name="mask">1 where a value was observed and 0 where it is missing [rows × D]; null if nothing is missing.</param>
    /// <param name="logScale">log s: one value or one per numeric slot; null without numeric slots.</param>
    public Tensor Evaluate(Tensor outputs, Tensor targets, Tensor? mask, Tensor? logScale)
    {
        if (!_isRobust) return Sum(mask, likelihood => likelihood.Evaluate(outputs, targets, logScale));
        if (_form == RobustnessForm.PerSlot)
        {
            return Sum(mask, likelihood => Robust(
                likelihood.Evaluate(outputs, targets, logScale), likelihood.LogIntegral(_robustness, outputs, logScale)));
        }

        var negativeLog = Sum(mask, likelihood => likelihood.Evaluate(outputs, targets, logScale));
        var logIntegral = Sum(
            mask, likelihood => likelihood.LogIntegral(_robustness, outputs, logScale).expand(outputs.shape[0], likelihood.Observations));
        return Robust(negativeLog, logIntegral);
    }

    public void Dispose()
    {
        foreach (var likelihood in _likelihoods)
            likelihood.Dispose();
    }

    /// <summary>−((b+1)/b)·(pᵇ − 1) + ∫ p^{b+1} − 1, given −log p and log ∫ p^{b+1}.</summary>
    private Tensor Robust(Tensor negativeLog, Tensor logIntegral) =>
        ExpMinusOne(negativeLog.Times(-_robustness)).Times(-(_robustness + 1) / _robustness).Plus(ExpMinusOne(logIntegral));

    /// <summary>eˣ − 1. Autograd takes (eˣ − 1) + 1 for the derivative of expm1, which for an unlikely value is rounding error.</summary>
    private static Tensor ExpMinusOne(Tensor x) => x.expm1().where(x.IsAbove(-1), x.exp().Plus(-1));

    /// <summary>The sum over each row's observed observations [rows].</summary>
    private Tensor Sum(Tensor? mask, Func<TorchLikelihood, Tensor> terms)
    {
        Tensor? sum = null;
        foreach (var likelihood in _likelihoods)
        {
            var values = terms(likelihood);
            if (mask is not null) values = values * likelihood.Observed(mask);
            var rows = values.sum(1);
            sum = sum is null ? rows : sum.Plus(rows);
        }

        return sum!;
    }

    private static IEnumerable<TorchLikelihood> Create(FeatureLayout layout, VaeOptions options, Device device)
    {
        bool categorical = options.OneHotLikelihood == OneHotLikelihoodKind.Categorical;
        var byKind = layout.Groups.ToLookup(group => group.Kind == FeatureKind.OneHot && !categorical ? FeatureKind.Binary : group.Kind);
        if (Slots(FeatureKind.Numeric) is { } numeric)
        {
            yield return options.NumericLikelihood == NumericLikelihoodKind.LogCosh
                ? new TorchLogCoshLikelihood(numeric)
                : new TorchGaussianLikelihood(numeric);
        }

        if (Slots(FeatureKind.Binary) is { } binary)
            yield return new TorchBernoulliLikelihood(binary);
        if (byKind.Contains(FeatureKind.OneHot))
            yield return new TorchCategoricalLikelihood([.. byKind[FeatureKind.OneHot]], layout.SlotCount, device);

        ColumnSelection? Slots(FeatureKind kind) => byKind.Contains(kind)
            ? new ColumnSelection(
                [.. byKind[kind].SelectMany(group => Enumerable.Range(group.Start, group.Length))], layout.SlotCount, device)
            : null;
    }
}
