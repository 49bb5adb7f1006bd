namespace Vae.Losses;

/// <summary>What a step knows besides its rows.</summary>
/// <param name="Number">
/// The number of the step, counted from 0 over the whole training; with it, noise is a function of the step and not of the past.
/// </param>
/// <param name="Rows">The number of rows of the minibatch.</param>
/// <param name="Seed">The seed of the training.</param>
/// <param name="Factor">The schedule's factor on the regularizer.</param>
/// <param name="Training">Whether dropout drops and batch normalization measures.</param>
internal readonly record struct StepInfo(long Number, int Rows, ulong Seed, float Factor, bool Training);
