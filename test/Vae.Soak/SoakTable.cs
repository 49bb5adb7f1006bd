using Vae.Data;
using Vae.Options;
using Vae.TorchSharp;
using Vae.TorchSharp.Devices;
using Vae.Training;
using Vae.Training.Checkpoints;
using Vae.Training.Managed;

namespace Vae.Soak;

/// <summary>A table, what to train on it and by which trainer: all of it follows from a seed, in any process.</summary>
internal sealed record SoakTable(MatrixRows Rows, float[] Unseen, VaeOptions Options, bool ByTorch, int EveryEpochs)
{
    private const string Checkpoint = "training.checkpoint";
    private const string Model = "model.vae";

    /// <summary>Draws one. A fourth of them is for TorchSharp, where libtorch can be loaded.</summary>
    public static SoakTable Of(int seed)
    {
        var random = new Random(seed);
        T Any<T>(params T[] choices) => choices[random.Next(choices.Length)];
        var layout = Any(TestLayouts.Mixed, TestLayouts.Conditional, TestLayouts.Numeric, TestLayouts.Categories);
        var rows = TestTables.Rows(layout, random.Next(50, 400), Any(true, false), Any(true, false), seed);
        var unseen = new float[200 * layout.RowWidth];
        using var reader = TestTables.Rows(layout, 200, missing: true, seed: seed + 1).Open();
        reader.Read(unseen, []);
        var options = new VaeOptions
        {
            LatentDimension = random.Next(1, 5),
            HiddenLayers = Any<int[]>([8], [16, 8], [40, 24]),
            Activation = Any(Enum.GetValues<Activation>()),
            Epochs = random.Next(20, 200),
            BatchSize = Any(16, 32, 64),
            BatchNormalization = Any(true, false),
            Dropout = Any(0, 0.1),
            InputNoise = Any(0, 0.1),
            InputMasking = Any(0, 0.1),
            NoiseScale = Any([.. NoiseScaleCases.All]).Options,
            Regularizer = Any([.. RegularizerCases.All]).Options,
            RegularizerSchedule = Any(WeightSchedule.Constant(), WeightSchedule.WarmUp(10), WeightSchedule.Cyclical()),
            Standardization = Any(Enum.GetValues<StandardizationMethod>()),
            ValidationFraction = Any(0, 0.1, 0.3),
            EarlyStoppingPatience = Any(5, 30, 200),
            Seed = seed,
        };
        return new SoakTable(rows, unseen, options, Any(false, false, false, true) && TorchLibrary.WhyNot is null, Any(1, 1, 3));
    }

    /// <summary>Trains without interruption: the oracle.</summary>
    public VaeModel Train() => Trainer.Train(Rows, Options, new TrainingContext { ThreadCount = 1 });

    /// <summary>Trains with checkpoints, tells every epoch that is done, and saves the model.</summary>
    public void Train(string folder, int threads, int memoryBudget)
    {
        var context = new TrainingContext
        {
            Progress = new Listener(metrics => Console.WriteLine(metrics.Epoch)),
            ThreadCount = ByTorch ? 1 : threads,
            MemoryBudget = memoryBudget,
            TemporaryFolder = folder,
            Checkpoints = new CheckpointSettings { Path = CheckpointIn(folder), EveryEpochs = EveryEpochs, ThrowOnFailedWrite = true },
        };
        Trainer.Train(Rows, Options, context).Save(ModelIn(folder));
    }

    public static string CheckpointIn(string folder) => Path.Combine(folder, Checkpoint);

    public static string ModelIn(string folder) => Path.Combine(folder, Model);

    private IVaeTrainer Trainer => ByTorch ? new TorchTrainer() : new ManagedTrainer();
}
