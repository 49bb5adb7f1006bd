using Vae.Numerics.Threads;

namespace Vae.Training.Managed;

/// <summary>
/// The operations of a training step in order. Those whose rows are independent run piece by piece (a fixed number of rows, whatever the number of
/// threads), one piece through as many operations as possible while it is in cache; those that need the whole minibatch run alone.
/// </summary>
internal sealed class MinibatchPipeline
{
    /// <summary>The number of rows of a piece.</summary>
    public const int PieceRows = 32;

    private readonly List<Segment> _segments = [];

    /// <summary>Appends an operation on the rows [first, first + count).</summary>
    public void Add(Action<int, int> operation, bool needsWholeBatch = false)
    {
        if (_segments.Count == 0 || needsWholeBatch || _segments[^1].NeedsWholeBatch)
            _segments.Add(new Segment(needsWholeBatch));
        _segments[^1].Operations.Add(operation);
    }

    /// <summary>Runs all operations on the first <paramref name="rows"/> rows.</summary>
    public void Run(ParallelLoop team, int rows, bool parallel)
    {
        foreach (var segment in _segments)
            segment.Run(team, rows, parallel);
    }

    private sealed class Segment
    {
        private readonly Action<int> _runPiece;
        private int _rows;

        public Segment(bool needsWholeBatch)
        {
            NeedsWholeBatch = needsWholeBatch;
            _runPiece = RunPiece;
        }

        public bool NeedsWholeBatch { get; }

        public List<Action<int, int>> Operations { get; } = [];

        public void Run(ParallelLoop team, int rows, bool parallel)
        {
            _rows = rows;
            int pieces = NeedsWholeBatch ? 1 : (rows + PieceRows - 1) / PieceRows;
            if (parallel && pieces > 1)
            {
                team.Run(_runPiece, pieces);
                return;
            }

            for (int piece = 0; piece < pieces; piece++)
                RunPiece(piece);
        }

        private void RunPiece(int piece)
        {
            int first = piece * PieceRows;
            int count = NeedsWholeBatch ? _rows : Math.Min(PieceRows, _rows - first);
            foreach (var operation in Operations)
                operation(first, count);
        }
    }
}
