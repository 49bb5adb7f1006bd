using Vae.History;

namespace Vae.Samples.Wine;

/// <summary>Prints the course of training: one line that is rewritten on a terminal, a line now and then in a file.</summary>
internal sealed class ConsoleProgress : IProgress<EpochMetrics>
{
    private const int EpochsPerLine = 25;

    /// <inheritdoc/>
    public void Report(EpochMetrics value)
    {
        var line = $"  epoch {value.Epoch,3}/{value.Epochs}  reconstruction {value.Reconstruction,5:0.00}"
            + $"  KL {value.KullbackLeibler,5:0.00}  validation {value.ValidationLoss,5:0.00}  noise {value.NoiseScale:0.00}";
        if (!Console.IsOutputRedirected)
            Console.Write($"\r{line}");
        else if (value.Epoch == 1 || value.Epoch % EpochsPerLine == 0)
            Console.WriteLine(line);
    }
}
