namespace Vae.Training.Engines;

/// <summary>Losses summed over rows, each row times its weight.</summary>
/// <param name="Rows">The number of rows.</param>
/// <param name="Reconstruction">The reconstruction term, unweighted by the options.</param>
/// <param name="KullbackLeibler">KL(q(z|x) ‖ N(0, I)).</param>
/// <param name="Regularizer">The regularizer with its weights and the schedule's factor.</param>
/// <param name="Loss">What was minimized.</param>
internal readonly record struct LossSums(double Rows, double Reconstruction, double KullbackLeibler, double Regularizer, double Loss)
{
    /// <summary>The sums over the rows of both.</summary>
    public static LossSums operator +(LossSums a, LossSums b) => new(
        a.Rows + b.Rows, a.Reconstruction + b.Reconstruction, a.KullbackLeibler + b.KullbackLeibler, a.Regularizer + b.Regularizer,
        a.Loss + b.Loss);
}
