using Vae.Data;
using Vae.Options;
using Vae.Training;
using Vae.Training.Checkpoints;

namespace Vae.TorchSharp.Tests.Trust;

/// <summary>A training that takes long enough to be killed, with everything on that has a state or is random.</summary>
internal static class LongTraining
{
    private static readonly VaeOptions Options = new()
    {
        LatentDimension = 2,
        HiddenLayers = [16, 8],
        Epochs = 150,
        BatchSize = 32,
        BatchNormalization = true,
        Dropout = 0.1,
        NoiseScale = NoiseScaleOptions.Computed(),
        RegularizerSchedule = WeightSchedule.WarmUp(20),
        EarlyStoppingPatience = 150,
        Seed = 4,
    };

    private static MatrixRows Rows => TestTables.Rows(TestLayouts.Mixed, 200, missing: true);

    public static string CheckpointIn(string folder) => Path.Combine(folder, "training.checkpoint");

    public static string ModelIn(string folder) => Path.Combine(folder, "model.vae");

    /// <summary>Trains without interruption.</summary>
    public static VaeModel Run() => new TorchTrainer().Train(Rows, Options, new TrainingContext { ThreadCount = 1 });

    /// <summary>Trains with a checkpoint after every epoch, and saves the model.</summary>
    public static void Run(string folder, Action<int> epochEnded)
    {
        var context = new TrainingContext
        {
            Progress = new Listener(metrics => epochEnded(metrics.Epoch)),
            ThreadCount = 1,
            Checkpoints = new CheckpointSettings { Path = CheckpointIn(folder), EveryEpochs = 1 },
        };
        new TorchTrainer().Train(Rows, Options, context).Save(ModelIn(folder));
    }
}
