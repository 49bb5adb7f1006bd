namespace Vae.Training.Managed;

/// <summary>
/// A piece of a network. Rows are independent of one another unless <see cref="NeedsWholeBatch"/>, so a minibatch can be split by rows;
/// each row's result is the same however it is split.
/// </summary>
internal abstract class Layer
{
    /// <summary>Whether a row's result depends on the other rows of the minibatch.</summary>
    public virtual bool NeedsWholeBatch => false;

    /// <summary>Computes the output's values from the input's values, for some rows.</summary>
    public abstract void Forward(int first, int count);

    /// <summary>Computes the input's gradient from the output's gradient, for some rows.</summary>
    public abstract void Backward(int first, int count);
}
