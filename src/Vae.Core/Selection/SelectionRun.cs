using Vae.Data;
using Vae.Numerics.Threads;
using Vae.Options;
using Vae.Training;
using Vae.Training.Managed;

namespace Vae.Selection;

/// <summary>One comparison of candidates: folds one after the other, and on each the candidates at the same time.</summary>
internal sealed class SelectionRun
{
    /// <summary>A candidate is judged by no fewer folds, so these are trained on together.</summary>
    private const int FirstFolds = 2;

    private readonly IVaeTrainer _trainer;
    private readonly SelectionOptions _options;
    private readonly TrainingContext _context;
    private readonly CandidateRun[] _candidates;
    private readonly FoldPlan _plan;
    private readonly HeldOutLikelihood _likelihood;
    private readonly object _progress = new();
    private int _trainings;

    public SelectionRun(
        IVaeTrainer trainer, IFeatureRows rows, IReadOnlyList<VaeOptions> candidates, SelectionOptions options, TrainingContext context)
    {
        _trainer = trainer;
        _options = options;
        _context = context with
        {
            Progress = null,
            Snapshots = null,
            Warnings = null,
            Checkpoints = null,
            InitialModel = null,
            CancellationBehavior = CancellationBehavior.Throw,
        };
        _candidates = [.. candidates.Select((candidate, number) => new CandidateRun(number, candidate, rows.Layout))];
        _plan = new FoldPlan(rows, options, _context);
        _likelihood = new HeldOutLikelihood(_plan, options);
    }

    /// <summary>Trains and compares.</summary>
    public SelectionResult Run()
    {
        // libtorch has one number of threads for the whole process.
        int threads = _trainer is ManagedTrainer ? _context.ThreadCount ?? Environment.ProcessorCount : 1;
        using var loop = new ParallelLoop(Math.Min(threads, FirstFolds * _candidates.Length));
        for (int fold = 0, end = FirstFolds; fold < _options.Folds; fold = end++)
        {
            var jobs = Jobs(fold, end);
            loop.Run(i => Train(jobs[i], Math.Max(1, threads / Math.Max(1, jobs.Length))), jobs.Length);
            foreach (var job in jobs)
                Take(job);
            if (end < _options.Folds) AbandonThoseBehind(end - 1);
        }

        return Result();
    }

    private Job[] Jobs(int fold, int end) =>
    [
        .. Enumerable.Range(fold, end - fold).SelectMany(number => _candidates.Where(candidate => candidate.IsRunning)
            .Select(candidate => new Job(candidate, number))),
    ];

    private void Train(Job job, int threads)
    {
        var context = _trainer is ManagedTrainer ? _context with { ThreadCount = threads } : _context;
        try
        {
            job.Model = _trainer.Train(_plan.Rows(job.Fold, heldOut: false), job.Candidate.Options, context);
            job.Score = _likelihood.Measure(job.Model, job.Fold, _context.CancellationToken);
            if (!double.IsFinite(job.Score.LogLikelihood)) job.Failure = "log p(x) of the rows that were held out is not finite.";
        }
        catch (TrainingDivergedException exception)
        {
            job.Failure = exception.Message;
        }

        Report(job.Candidate, job.Fold, job.Score, job.Failure is null ? CandidateOutcome.Completed : CandidateOutcome.Failed);
    }

    private void Take(Job job)
    {
        if (!job.Candidate.IsRunning) return;
        if (job.Failure is { } failure)
        {
            job.Candidate.Fail($"Fold {job.Fold + 1}: {failure}");
            return;
        }

        _context.CancellationToken.ThrowIfCancellationRequested();
        double? metric = _options.Metric?.Invoke(job.Model!, _plan[job.Fold]);
        if (metric is { } value && !double.IsFinite(value))
            job.Candidate.Fail($"Fold {job.Fold + 1}: the metric is not a finite number.");
        else
            job.Candidate.Add(job.Score! with { Metric = metric });
    }

    private void AbandonThoseBehind(int fold)
    {
        var running = _candidates.Where(candidate => candidate.IsRunning).ToDictionary(candidate => candidate.Result);
        if (running.Count == 0) return;
        foreach (var result in StandardErrorRule.FarBehind(running.Keys, _options.AbandonAt).ToArray())
        {
            running[result].Abandon();
            Report(running[result], fold, null, CandidateOutcome.Abandoned);
        }
    }

    private void Report(CandidateRun candidate, int fold, FoldScore? score, CandidateOutcome outcome)
    {
        lock (_progress)
        {
            if (outcome != CandidateOutcome.Abandoned) _trainings++;
            _options.Progress?.Report(new SelectionProgress
            {
                Candidate = candidate.Number,
                Options = candidate.Options,
                Fold = fold,
                Score = outcome == CandidateOutcome.Failed ? null : score,
                Outcome = outcome,
                Trainings = _trainings,
                TrainingsAtMost = _candidates.Sum(run => run.IsRunning ? _options.Folds : run.Folds.Count),
            });
        }
    }

    private SelectionResult Result()
    {
        CandidateResult[] results = [.. _candidates.Select(candidate => candidate.Result)];
        var completed = results.Where(result => result.Outcome == CandidateOutcome.Completed).ToArray();
        if (completed.Length == 0)
        {
            throw new InvalidOperationException(
                $"No candidate could be trained. Candidate 1: {results[0].Failure}");
        }

        return new SelectionResult
        {
            Candidates = results,
            BestIndex = Array.IndexOf(results, StandardErrorRule.Best(completed)),
            RecommendedIndex = Array.IndexOf(results, StandardErrorRule.Recommend(completed)),
            Folds = _options.Folds,
            Rows = _plan.Count,
            IsByMetric = _options.Metric is not null,
        };
    }

    private sealed class Job(CandidateRun candidate, int fold)
    {
        public CandidateRun Candidate => candidate;

        public int Fold => fold;

        public VaeModel? Model { get; set; }

        public FoldScore? Score { get; set; }

        public string? Failure { get; set; }
    }
}
