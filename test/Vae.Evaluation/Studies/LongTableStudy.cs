using System.Diagnostics;
using Vae.Data;
using Vae.Options;
using Vae.Testing;
using Vae.Training;
using Vae.Training.Managed;

namespace Vae.Evaluation.Studies;

/// <summary>How good a model becomes, in what time, by the number of rows in a step: where the rule of the batch size comes from.</summary>
internal static class LongTableStudy
{
    private const int Slots = 30;
    private const int Factors = 4;

    /// <summary>Where training begins, batch size and epochs; the learning rate is the rule's for the batch size.</summary>
    public static (InitialWeightsKind Start, int Batch, int Epochs)[] Candidates { get; } =
    [
        .. new[] { (64, 200), (128, 200), (256, 200), (512, 200), (1024, 200), (64, 40), (512, 40), (64, 20), (128, 20), (512, 20) }
            .Select(size => (InitialWeightsKind.Random, size.Item1, size.Item2)),
        .. new[] { (64, 200), (512, 200), (64, 20), (128, 20), (512, 20) }
            .Select(size => (InitialWeightsKind.PrincipalComponents, size.Item1, size.Item2)),
    ];

    /// <summary>Numeric rows made from four independent normal factors: linear in one of them, and the sine of another.</summary>
    public static MatrixRows Made(int rows)
    {
        var random = new Random(1);
        var values = new float[rows * Slots];
        var factors = new double[Factors];
        for (int row = 0; row < rows; row++)
        {
            for (int i = 0; i < Factors; i++)
                factors[i] = TestTables.Normal(random);
            for (int slot = 0; slot < Slots; slot++)
            {
                double linear = factors[slot % Factors] * (1 + slot / 7);
                values[row * Slots + slot] = (float)(linear + Math.Sin(factors[(slot + 1) % Factors]) + 0.3 * random.NextDouble());
            }
        }

        return new MatrixRows(FeatureLayout.Numeric(Slots), values);
    }

    /// <summary>The validation loss of the best epoch, and the processor time of a training on one thread.</summary>
    public static (double Loss, TimeSpan Time) Run(
        MatrixRows rows, InitialWeightsKind start, int batch, int epochs, int seed)
    {
        var options = new VaeOptions { InitialWeights = start, Epochs = epochs, Seed = seed }.WithBatch(batch);
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        var history = new ManagedTrainer().Train(rows, options, new TrainingContext { ThreadCount = 1 }).History;
        process.Refresh();
        return (history.Epochs[history.BestEpoch - 1].ValidationLoss, process.TotalProcessorTime - before);
    }
}
