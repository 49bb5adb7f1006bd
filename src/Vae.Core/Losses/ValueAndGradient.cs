using Vae.Numerics;

namespace Vae.Losses;

/// <summary>
/// What flows between two layers: the values of a minibatch going forward, and the loss's derivative by them coming back.
/// </summary>
internal sealed class ValueAndGradient(int rows, int columns)
{
    public Matrix Value { get; } = new(rows, columns);

    public Matrix Gradient { get; } = new(rows, columns);
}
