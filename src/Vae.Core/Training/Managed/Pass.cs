using Vae.Losses;

namespace Vae.Training.Managed;

/// <summary>
/// One operation of a training step, forward and back. Rows are independent of one another unless <see cref="NeedsWholeBatch"/>, so a
/// minibatch can be split by rows; each row's result is the same however it is split.
/// </summary>
internal abstract class Pass
{
    /// <summary>Whether a row's result depends on the other rows of the minibatch.</summary>
    public virtual bool NeedsWholeBatch => false;

    /// <summary>Computes the output's values from the input's values, for some rows.</summary>
    public abstract void Forward(StepInfo step, int first, int count);

    /// <summary>
    /// Computes the input's gradient from the output's gradient, for some rows; nothing where there is no gradient to pass on.
    /// </summary>
    public virtual void Backward(StepInfo step, int first, int count)
    {
    }
}
