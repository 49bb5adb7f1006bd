using Vae.Networks;
using Vae.Training.Rows;

namespace Vae.Training.Engines;

/// <summary>
/// The part of a trainer that computes: steps and losses. Everything else (rows, epochs, schedules, early stopping, history) is the
/// training loop, the same for every engine.
/// </summary>
internal interface ITrainingEngine : IDisposable
{
    /// <summary>What the history calls this engine.</summary>
    string Name { get; }

    /// <summary>Announces the block whose slices the next steps and evaluations take.</summary>
    void BeginBlock(RowBlock block);

    /// <summary>One optimizer step on <paramref name="count"/> rows of the block from <paramref name="first"/> on.</summary>
    void Step(int first, int count, StepSettings settings);

    /// <summary>The sums of the losses of all steps and evaluations since the last call.</summary>
    LossSums TakeLosses();

    /// <summary>
    /// Takes the losses of <paramref name="count"/> rows of the block from <paramref name="first"/> on without training on them: no
    /// dropout, no denoising, and noise that depends on the row's number alone.
    /// </summary>
    /// <param name="first">The first row.</param>
    /// <param name="count">The number of rows; at most a minibatch.</param>
    /// <param name="number">The number of the first row among all held-out rows.</param>
    void Evaluate(int first, int count, long number);

    /// <summary>The noise scale now (geometric mean over the numeric slots, in standardized units).</summary>
    double NoiseScale { get; }

    /// <summary>Copies the current weights and buffers out.</summary>
    void Save(VaeParameters target);

    /// <summary>Copies out everything that the next steps depend on.</summary>
    void Save(EngineState target);

    /// <summary>Goes back to a state that an engine of the same kind has saved.</summary>
    void Restore(EngineState source);
}

/// <summary>What changes from step to step.</summary>
/// <param name="Step">The number of the step, counted from 0 over the whole training.</param>
/// <param name="LearningRate">The learning rate.</param>
/// <param name="RegularizerFactor">The schedule's factor on the regularizer.</param>
internal readonly record struct StepSettings(long Step, double LearningRate, double RegularizerFactor);

/// <summary>Losses summed over rows, each row times its weight.</summary>
/// <param name="Rows">The number of rows.</param>
/// <param name="Reconstruction">The reconstruction term, unweighted by the options.</param>
/// <param name="KullbackLeibler">KL(q(z|x) ‖ N(0, I)).</param>
/// <param name="Regularizer">The regularizer with its weights and the schedule's factor.</param>
/// <param name="Loss">What was minimized.</param>
/// <param name="LossAtFullWeight">The same with 1 as the schedule's factor.</param>
internal readonly record struct LossSums(
    double Rows, double Reconstruction, double KullbackLeibler, double Regularizer, double Loss, double LossAtFullWeight)
{
    /// <summary>The sums over the rows of both.</summary>
    public static LossSums operator +(LossSums a, LossSums b) => new(
        a.Rows + b.Rows, a.Reconstruction + b.Reconstruction, a.KullbackLeibler + b.KullbackLeibler, a.Regularizer + b.Regularizer,
        a.Loss + b.Loss, a.LossAtFullWeight + b.LossAtFullWeight);
}
