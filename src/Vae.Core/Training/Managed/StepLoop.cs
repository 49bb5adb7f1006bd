using Vae.Losses;
using Vae.Numerics.Threads;

namespace Vae.Training.Managed;

/// <summary>
/// Runs pieces of a step, on several threads or one after the other. It holds the step only while the pieces run, because a
/// <see cref="ParallelLoop"/> tells a piece nothing but its number.
/// </summary>
internal sealed class StepLoop
{
    private readonly Action<StepInfo, int> _piece;
    private readonly Action<int> _runPiece;
    private StepInfo _step;

    /// <param name="piece">Runs the piece with a number.</param>
    public StepLoop(Action<StepInfo, int> piece)
    {
        _piece = piece;
        _runPiece = number => _piece(_step, number);
    }

    /// <summary>Runs the pieces 0 … <paramref name="pieces"/> − 1.</summary>
    public void Run(StepInfo step, int pieces, ParallelLoop team, bool parallel)
    {
        if (parallel && pieces > 1)
        {
            _step = step;
            team.Run(_runPiece, pieces);
            return;
        }

        for (int number = 0; number < pieces; number++)
            _piece(step, number);
    }
}
