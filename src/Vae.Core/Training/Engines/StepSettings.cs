namespace Vae.Training.Engines;

/// <summary>What changes from step to step.</summary>
/// <param name="Step">The number of the step, counted from 0 over the whole training.</param>
/// <param name="LearningRate">The learning rate.</param>
/// <param name="RegularizerFactor">The schedule's factor on the regularizer.</param>
internal readonly record struct StepSettings(long Step, double LearningRate, double RegularizerFactor);
