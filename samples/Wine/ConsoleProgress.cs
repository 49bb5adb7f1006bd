using Vae.Training;

namespace Vae.Samples.Wine;

/// <summary>Shows the course of training: a bar that grows on a terminal, a line now and then in a file.</summary>
internal sealed class ConsoleProgress : IProgress<TrainingProgress>
{
    private const int Width = 24;
    private const int EpochsPerLine = 25;

    /// <inheritdoc/>
    public void Report(TrainingProgress value)
    {
        var metrics = value.Metrics;
        int done = Width * metrics.Epoch / metrics.Epochs;
        var line = $"  [{new string('#', done)}{new string('.', Width - done)}] epoch {metrics.Epoch,3}/{metrics.Epochs}"
            + $"  loss {metrics.LossAtFullWeight,5:0.00}  validation {metrics.ValidationLoss,5:0.00}"
            + $"  {value.Elapsed.TotalSeconds:0.0} s, at most {value.Remaining.TotalSeconds:0.0} s left";
        if (!Console.IsOutputRedirected)
            Console.Write($"\r{line} ");
        else if (metrics.Epoch == 1 || metrics.Epoch % EpochsPerLine == 0)
            Console.WriteLine(line);
    }
}
