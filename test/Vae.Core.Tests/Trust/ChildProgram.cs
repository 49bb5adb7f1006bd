using System.Globalization;
using System.Runtime.Intrinsics;
using Vae.Tests.Persistence;
using Vae.Tests.Trust.TrainedBits;
using Vae.Training;

namespace Vae.Tests.Trust;

/// <summary>What tests run in a process of its own: the entry point of this assembly.</summary>
internal static class ChildProgram
{
    /// <summary>Trains <see cref="LongTraining"/> with checkpoints, and says which epochs are done: "checkpoints" folder.</summary>
    public const string Checkpoints = "checkpoints";

    /// <summary>Trains <see cref="SmallModels.WideOptions"/> with a number of threads and saves the model: "train" path threads.</summary>
    public const string Train = "train";

    /// <summary>Writes the width of the vectors that the processor offers, in bits, and then the scores of a model: "score" path.</summary>
    public const string Score = "score";

    /// <summary>
    /// Writes a model and its scores for <see cref="CompatibilityTests"/>, after the format version has been raised: "fixture" folder.
    /// </summary>
    public const string Fixture = "fixture";

    /// <summary>
    /// Writes the part of trained-bits.txt for this processor, or for what DOTNET_EnableAVX512=0 or …AVX2=0 makes of it: "bits".
    /// </summary>
    public const string Bits = "bits";

    /// <summary>The assembly.</summary>
    public static string Location => typeof(ChildProgram).Assembly.Location;

    private static int Main(string[] arguments)
    {
        switch (arguments[0])
        {
            case Checkpoints:
                LongTraining.Run(arguments[1], new Listener(metrics => Console.WriteLine(metrics.Epoch)));
                return 0;
            case Train:
                int threads = int.Parse(arguments[2], CultureInfo.InvariantCulture);
                SmallModels.Train(SmallModels.WideOptions, new TrainingContext { ThreadCount = threads }).Save(arguments[1]);
                return 0;
            case Score:
                Console.WriteLine(
                    Vector512.IsHardwareAccelerated ? 512
                    : Vector256.IsHardwareAccelerated ? 256
                    : Vector128.IsHardwareAccelerated ? 128 : 0);
                foreach (float score in SmallModels.Scores(VaeModel.Load(arguments[1])))
                    Console.WriteLine(score.ToString("R", CultureInfo.InvariantCulture));
                return 0;
            case Fixture:
                CompatibilityTests.WriteFixture(arguments[1]);
                return 0;
            case Bits:
                TrainedBitsTests.Write(Console.Out);
                return 0;
            default:
                Console.Error.WriteLine($"'{arguments[0]}' is not known.");
                return 1;
        }
    }
}
