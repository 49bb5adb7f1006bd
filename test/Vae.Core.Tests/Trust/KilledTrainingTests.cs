using System.Diagnostics;
using System.Globalization;
using FluentAssertions;
using Vae.Tests.Persistence;
using Vae.Training;
using Vae.Training.Checkpoints;
using Vae.Training.Managed;
using Xunit;

namespace Vae.Tests.Trust;

public sealed class KilledTrainingTests
{
    private const int Kills = 20;

    [Fact]
    public void A_training_that_is_killed_20_times_ends_with_the_model_of_one_that_is_not()
    {
        using var folder = new TemporaryFolder();
        var random = new Random(7);
        var starts = new List<int>();
        for (int kill = 0; kill < Kills; kill++)
        {
            int epoch = KillChild(folder.Path, random);
            if (epoch > 0) starts.Add(epoch);
            LastCheckpointIsWhole(folder.Path);
        }

        File.Exists(LongTraining.ModelIn(folder.Path)).Should().BeFalse("the training was to be killed, not to end");
        starts.Should().BeInAscendingOrder("no epoch that has been written down is lost");
        starts.Distinct().Count().Should().BeGreaterThan(Kills / 4, "children go on where the last one was killed");

        ChildProcess.Lines(ChildProgram.Location, null, ChildProgram.Checkpoints, folder.Path);
        var context = new TrainingContext { ThreadCount = 1 };
        var uninterrupted = new ManagedTrainer().Train(LongTraining.Rows, LongTraining.Options, context);
        File.ReadAllBytes(LongTraining.ModelIn(folder.Path)).Should().Equal(SmallModels.Bytes(uninterrupted));
        Directory.GetFiles(folder.Path).Should().ContainSingle("the checkpoint is of no use any more");
    }

    /// <summary>Kills a child at a random moment: while it starts, or while it trains.</summary>
    /// <returns>The first epoch that it trained, or 0 if it was killed before.</returns>
    private static int KillChild(string folder, Random random)
    {
        using var child = ChildProcess.Start(ChildProgram.Location, null, ChildProgram.Checkpoints, folder);
        int epoch = 0;
        if (random.Next(5) > 0) epoch = int.Parse(child.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
        var wait = TimeSpan.FromMilliseconds(20 * random.NextDouble());
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < wait)
            Thread.Yield();
        child.Kill();
        child.WaitForExit();
        return epoch;
    }

    private static void LastCheckpointIsWhole(string folder)
    {
        string path = LongTraining.CheckpointIn(folder);
        if (!File.Exists(path)) return;
        using var stream = File.OpenRead(path);
        Checkpoint.Read(stream).Fingerprint.Rows.Should().NotBeEmpty();
    }
}
