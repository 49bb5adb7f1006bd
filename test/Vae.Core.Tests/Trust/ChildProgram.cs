using System.Globalization;
using Vae.Tests.Persistence;
using Vae.Training;

namespace Vae.Tests.Trust;

/// <summary>What tests run in a process of its own: the entry point of this assembly.</summary>
internal static class ChildProgram
{
    /// <summary>Trains <see cref="LongTraining"/> with checkpoints, and says which epochs are done: "checkpoints" folder.</summary>
    public const string Checkpoints = "checkpoints";

    /// <summary>Trains a model with a number of threads and saves it: "train" path threads.</summary>
    public const string Train = "train";

    /// <summary>Writes the scores of a model: "score" path.</summary>
    public const string Score = "score";

    private static int Main(string[] arguments)
    {
        switch (arguments[0])
        {
            case Checkpoints:
                LongTraining.Run(arguments[1], new SynchronousProgress(metrics => Console.WriteLine(metrics.Epoch)));
                return 0;
            case Train:
                int threads = int.Parse(arguments[2], CultureInfo.InvariantCulture);
                SmallModels.Train(context: new TrainingContext { ThreadCount = threads }).Save(arguments[1]);
                return 0;
            case Score:
                foreach (float score in SmallModels.Scores(VaeModel.Load(arguments[1])))
                    Console.WriteLine(score.ToString("R", CultureInfo.InvariantCulture));
                return 0;
            default:
                Console.Error.WriteLine($"'{arguments[0]}' is not known.");
                return 1;
        }
    }
}
