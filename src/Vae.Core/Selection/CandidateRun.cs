using Vae.Data;
using Vae.Networks;
using Vae.Options;

namespace Vae.Selection;

/// <summary>A candidate on its way through the folds.</summary>
internal sealed class CandidateRun(int number, VaeOptions options, FeatureLayout layout)
{
    private readonly int _weights = new NetworkShape(layout, options).Weights.Tensors.Sum(tensor => tensor.Rows * tensor.Columns);
    private readonly List<FoldScore> _folds = [];

    public int Number => number;

    public VaeOptions Options => options;

    public CandidateOutcome Outcome { get; private set; }

    public string? Failure { get; private set; }

    /// <summary>Whether there are folds left to be trained on.</summary>
    public bool IsRunning => Outcome == CandidateOutcome.Completed;

    public IReadOnlyList<FoldScore> Folds => _folds;

    public CandidateResult Result =>
        new() { Options = options, Weights = _weights, Outcome = Outcome, Failure = Failure, Folds = [.. _folds] };

    public void Add(FoldScore score) => _folds.Add(score);

    public void Abandon() => Outcome = CandidateOutcome.Abandoned;

    public void Fail(string failure)
    {
        Outcome = CandidateOutcome.Failed;
        Failure = failure;
    }
}
