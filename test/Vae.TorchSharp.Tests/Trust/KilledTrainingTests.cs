using System.Globalization;
using FluentAssertions;

namespace Vae.TorchSharp.Tests.Trust;

public sealed class KilledTrainingTests
{
    private const int Kills = 6;

    [TorchFact]
    public void A_training_that_is_killed_6_times_ends_with_the_weights_of_one_that_is_not()
    {
        using var folder = new TemporaryFolder();
        var random = new Random(7);
        var starts = new List<int>();
        for (int kill = 0; kill < Kills; kill++)
            starts.Add(KillChild(folder.Path, random));

        File.Exists(LongTraining.ModelIn(folder.Path)).Should().BeFalse("the training was to be killed, not to end");
        File.Exists(LongTraining.CheckpointIn(folder.Path)).Should().BeTrue();
        starts.Should().BeInAscendingOrder("no epoch that has been written down is lost")
            .And.OnlyHaveUniqueItems("children go on where the last one was killed");

        ChildProcess.Lines(ChildProgram.Location, null, folder.Path);
        var resumed = VaeModel.Load(LongTraining.ModelIn(folder.Path)).Parameters.Weights.Values;
        var uninterrupted = LongTraining.Run().Parameters.Weights.Values;
        double largest = uninterrupted.Max(weight => Math.Abs((double)weight));
        resumed.Should().Equal(uninterrupted, (actual, expected) => Math.Abs(actual - expected) <= 1e-6 * largest);
        Directory.GetFiles(folder.Path).Should().ContainSingle("the checkpoint is of no use any more");
    }

    /// <summary>Kills a child at a random moment after an epoch of its own.</summary>
    /// <returns>The first epoch that it trained.</returns>
    private static int KillChild(string folder, Random random)
    {
        using var child = ChildProcess.Start(ChildProgram.Location, null, folder);
        int epoch = int.Parse(child.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
        Thread.Sleep(TimeSpan.FromMilliseconds(100 * random.NextDouble()));
        child.Kill();
        child.WaitForExit();
        return epoch;
    }
}
