using System.Diagnostics;
using System.Globalization;

namespace Vae.Soak;

/// <summary>Processes that are killed at random moments.</summary>
internal sealed class Kills(Random random)
{
    private static readonly string Program = typeof(Kills).Assembly.Location;

    /// <summary>How many have been killed.</summary>
    public int Count { get; private set; }

    /// <summary>Kills a training again and again, and lets it come to its end at last.</summary>
    /// <returns>The file of the model.</returns>
    public byte[] Train(int seed, SoakTable table, string folder)
    {
        int known = 0;
        for (int kills = random.Next(1, 6); kills > 0 && !File.Exists(SoakTable.ModelIn(folder)); kills--)
            known = Math.Max(known, TrainAndKill(seed, table, folder, known));
        if (!File.Exists(SoakTable.ModelIn(folder))) ToTheEnd(StartTraining(seed, folder));
        if (File.Exists(SoakTable.CheckpointIn(folder))) throw new Difference("The checkpoint of a finished training is still there.");
        return File.ReadAllBytes(SoakTable.ModelIn(folder));
    }

    /// <summary>Kills a process that saves two models to one path in turn.</summary>
    /// <param name="one">The file of one model.</param>
    /// <param name="other">The file of the other one.</param>
    /// <param name="folder">Where to save.</param>
    public void Save(byte[] one, byte[] other, string folder)
    {
        string saved = Path.Combine(folder, "saved.vae");
        string[] files = [Path.Combine(folder, "one.vae"), Path.Combine(folder, "other.vae")];
        File.WriteAllBytes(files[0], one);
        File.WriteAllBytes(files[1], other);
        File.WriteAllBytes(saved, one);
        using var child = ChildProcess.Start(Program, null, ["save", .. files, saved]);
        if (child.StandardOutput.ReadLine() is null) ToTheEnd(child);
        Kill(child, random.NextDouble() * 30);
        byte[] left = File.ReadAllBytes(saved);
        if (!left.AsSpan().SequenceEqual(one) && !left.AsSpan().SequenceEqual(other))
            throw new Difference("A file that was being saved is neither the old model nor the new one.");
    }

    /// <summary>Saves two models to one path in turn, without end: what <see cref="Save"/> kills.</summary>
    public static void SaveInTurn(string one, string other, string path)
    {
        VaeModel[] models = [VaeModel.Load(one), VaeModel.Load(other)];
        Console.WriteLine("saving");
        for (int i = 0; ; i++)
            models[i % 2].Save(path);
    }

    /// <summary>Kills a training while it starts, or after some of its epochs.</summary>
    /// <returns>The last epoch that is known to be done.</returns>
    private int TrainAndKill(int seed, SoakTable table, string folder, int known)
    {
        using var child = StartTraining(seed, folder);
        if (random.Next(5) == 0)
        {
            Kill(child, random.NextDouble() * 500);
            return known;
        }

        int last = known;
        bool isFirst = true;
        for (int epochs = random.Next(1, Math.Max(2, table.Options.Epochs / 3)); epochs > 0; epochs--)
        {
            if (child.StandardOutput.ReadLine() is not { } line)
            {
                ToTheEnd(child);
                return last;
            }

            last = int.Parse(line, CultureInfo.InvariantCulture);
            if (isFirst && last <= known - table.EveryEpochs)
                throw new Difference($"A training began with epoch {last}, though {known} was done: one of {table.EveryEpochs} is kept.");
            isFirst = false;
        }

        Kill(child, random.NextDouble() * 20);
        return last;
    }

    /// <summary>The number of threads and the memory are others each time: neither may change the model.</summary>
    private Process StartTraining(int seed, string folder)
    {
        int[] arguments = [random.Next(1, 4), random.Next(3) == 0 ? random.Next(1, 20_000) : 64 << 20];
        return ChildProcess.Start(
            Program, null, "train", seed.ToString(CultureInfo.InvariantCulture), folder,
            arguments[0].ToString(CultureInfo.InvariantCulture), arguments[1].ToString(CultureInfo.InvariantCulture));
    }

    private static void ToTheEnd(Process child)
    {
        using (child)
        {
            var errors = child.StandardError.ReadToEndAsync();
            child.StandardOutput.ReadToEnd();
            child.WaitForExit();
            if (child.ExitCode != 0) throw new Difference($"A process ended with {child.ExitCode}: {errors.Result}");
        }
    }

    private void Kill(Process child, double milliseconds)
    {
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start).TotalMilliseconds < milliseconds)
            Thread.Yield();
        child.Kill();
        child.WaitForExit();
        Count++;
    }
}
