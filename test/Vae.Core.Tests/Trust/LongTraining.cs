using Vae.Data;
using Vae.Options;
using Vae.Tests.Persistence;
using Vae.Training;
using Vae.Training.Checkpoints;
using Vae.Training.Managed;

namespace Vae.Tests.Trust;

/// <summary>A training that takes long enough to be killed, with everything on that has a state or is random.</summary>
internal static class LongTraining
{
    public static VaeOptions Options { get; } = SmallModels.Options with
    {
        Epochs = 400,
        HiddenLayers = [32, 16],
        BatchNormalization = true,
        Dropout = 0.1,
        InputNoise = 0.1,
        InputMasking = 0.1,
        NoiseScale = NoiseScaleOptions.Computed(),
        RegularizerSchedule = WeightSchedule.WarmUp(50),
        EarlyStoppingPatience = 400,
    };

    public static IFeatureRows Rows { get; } = new MatrixRows(SmallModels.Layout, SmallModels.Rows(300));

    public static string CheckpointIn(string folder) => Path.Combine(folder, "training.checkpoint");

    public static string ModelIn(string folder) => Path.Combine(folder, "model.vae");

    /// <summary>Trains with a checkpoint after every epoch, and saves the model.</summary>
    public static void Run(string folder, IProgress<TrainingProgress> progress)
    {
        var context = new TrainingContext
        {
            Progress = progress,
            ThreadCount = 1,
            Checkpoints = new CheckpointSettings { Path = CheckpointIn(folder), EveryEpochs = 1 },
        };
        new ManagedTrainer().Train(Rows, Options, context).Save(ModelIn(folder));
    }
}
