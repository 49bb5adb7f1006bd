using Vae.Losses;
using Vae.Numerics.Threads;

namespace Vae.Training.Managed;

/// <summary>
/// Passes in order, forward or back. Those whose rows are independent run piece by piece (a fixed number of rows, whatever the number of
/// threads), one piece through as many of them as possible while it is in cache; those that need the whole minibatch run alone.
/// </summary>
internal sealed class MinibatchPipeline
{
    /// <summary>The number of rows of a piece.</summary>
    public const int PieceRows = 32;

    private readonly List<Segment> _segments = [];

    private MinibatchPipeline()
    {
    }

    /// <summary>The number of pieces of a minibatch.</summary>
    public static int Pieces(int rows) => (rows + PieceRows - 1) / PieceRows;

    /// <summary>Runs the passes forward, from the first to the last.</summary>
    public static MinibatchPipeline Forward(params ReadOnlySpan<Pass> passes)
    {
        var pipeline = new MinibatchPipeline();
        foreach (var pass in passes)
            pipeline.Add(pass.Forward, pass.NeedsWholeBatch);
        return pipeline;
    }

    /// <summary>Runs the passes backward, from the last to the first.</summary>
    public static MinibatchPipeline Backward(params ReadOnlySpan<Pass> passes)
    {
        var pipeline = new MinibatchPipeline();
        for (int i = passes.Length - 1; i >= 0; i--)
            pipeline.Add(passes[i].Backward, passes[i].NeedsWholeBatch);
        return pipeline;
    }

    /// <summary>Runs all passes on the rows of the step.</summary>
    public void Run(StepInfo step, ParallelLoop team, bool parallel)
    {
        foreach (var segment in _segments)
            segment.Run(step, team, parallel);
    }

    private void Add(Action<StepInfo, int, int> operation, bool needsWholeBatch)
    {
        if (_segments.Count == 0 || needsWholeBatch || _segments[^1].NeedsWholeBatch)
            _segments.Add(new Segment(needsWholeBatch));
        _segments[^1].Operations.Add(operation);
    }

    private sealed class Segment
    {
        private readonly StepLoop _loop;

        public Segment(bool needsWholeBatch)
        {
            NeedsWholeBatch = needsWholeBatch;
            _loop = new StepLoop(RunPiece);
        }

        public bool NeedsWholeBatch { get; }

        public List<Action<StepInfo, int, int>> Operations { get; } = [];

        public void Run(StepInfo step, ParallelLoop team, bool parallel) =>
            _loop.Run(step, NeedsWholeBatch ? 1 : Pieces(step.Rows), team, parallel);

        private void RunPiece(StepInfo step, int piece)
        {
            int first = piece * PieceRows;
            int count = NeedsWholeBatch ? step.Rows : Math.Min(PieceRows, step.Rows - first);
            foreach (var operation in Operations)
                operation(step, first, count);
        }
    }
}
