using System.Globalization;
using FluentAssertions;
using Vae.Tests.Trust;

namespace Vae.TorchSharp.Tests.Trust;

public sealed class KilledTrainingTests
{
    private const int Kills = 6;

    [TorchFact]
    public void A_training_that_is_killed_6_times_ends_with_the_weights_of_one_that_is_not()
    {
        var folder = Directory.CreateTempSubdirectory("vae-tests-");
        try
        {
            var random = new Random(7);
            var starts = new List<int>();
            for (int kill = 0; kill < Kills; kill++)
                starts.Add(KillChild(folder.FullName, random));

            File.Exists(LongTraining.ModelIn(folder.FullName)).Should().BeFalse("the training was to be killed, not to end");
            File.Exists(LongTraining.CheckpointIn(folder.FullName)).Should().BeTrue();
            starts.Should().BeInAscendingOrder("no epoch that has been written down is lost").And.OnlyHaveUniqueItems("children go on where the last one was killed");

            Child.Run(null, folder.FullName);
            float[] resumed = VaeModel.Load(LongTraining.ModelIn(folder.FullName)).Parameters.Weights.Values;
            float[] uninterrupted = LongTraining.Run().Parameters.Weights.Values;
            double largest = uninterrupted.Max(weight => Math.Abs((double)weight));
            resumed.Should().Equal(uninterrupted, (actual, expected) => Math.Abs(actual - expected) <= 1e-6 * largest);
            folder.GetFiles().Should().ContainSingle("the checkpoint is of no use any more");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Kills a child at a random moment after an epoch of its own.</summary>
    /// <returns>The first epoch that it trained.</returns>
    private static int KillChild(string folder, Random random)
    {
        using var child = Child.Start(null, folder);
        int epoch = int.Parse(child.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
        Thread.Sleep(TimeSpan.FromMilliseconds(100 * random.NextDouble()));
        child.Kill();
        child.WaitForExit();
        return epoch;
    }
}
