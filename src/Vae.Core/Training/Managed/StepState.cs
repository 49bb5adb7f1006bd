namespace Vae.Training.Managed;

/// <summary>What the layers know about the step that they take part in; set once per step, shared by all.</summary>
internal sealed class StepState
{
    /// <summary>Whether dropout drops and batch normalization measures.</summary>
    public bool Training { get; set; }

    /// <summary>The number of rows of the minibatch.</summary>
    public int Rows { get; set; }

    /// <summary>The seed of the training.</summary>
    public ulong Seed { get; init; }

    /// <summary>The number of the step, counted from 0 over the whole training; with it, noise is a function of the step and not of the past.</summary>
    public long Step { get; set; }
}
