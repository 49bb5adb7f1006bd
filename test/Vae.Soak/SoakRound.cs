namespace Vae.Soak;

/// <summary>A round: trains, kills, saves, loads, scores and damages.</summary>
/// <param name="seed">What is drawn at random, but for the moment of a kill, which no program can repeat.</param>
internal sealed class SoakRound(int seed)
{
    private const int WarmUpRounds = 5;
    private const int DamagedFiles = 200;

    /// <summary>What caches and array pools may take after the warm-up.</summary>
    private const long MostGrowth = 4 << 20;

    private byte[]? _other;
    private long _memoryAtFirst;

    /// <summary>Runs one. It follows from its number alone, so that it can be repeated without those before it.</summary>
    /// <exception cref="Difference">Something is not as the oracle, the undisturbed training, has it.</exception>
    public void Run(int number, string folder, Tally tally)
    {
        var random = new Random(unchecked(seed * 31 + number));
        int tableSeed = random.Next();
        var table = SoakTable.Of(tableSeed);
        var model = table.Train();
        byte[] file = Bytes(model);
        File.WriteAllBytes(Path.Combine(folder, "undisturbed.vae"), file);

        var kills = new Kills(random);
        Difference.Require(kills.Train(tableSeed, table, folder), file, "A training that was killed and resumed gave another model.");
        kills.Save(file, _other ?? file, folder);
        _other = file;
        tally.Scores += Score(model, VaeModel.Load(SoakTable.ModelIn(folder)), table.Unseen);
        Damage(file, random, folder);

        tally.Trainings++;
        if (table.ByTorch) tally.ByTorch++;
        tally.Kills += kills.Count;
        tally.DamagedFiles += 2 * DamagedFiles;
        tally.Memory = GC.GetTotalMemory(forceFullCollection: true);
        if (tally.Trainings <= WarmUpRounds) _memoryAtFirst = tally.Memory;
        if (tally.Memory > _memoryAtFirst + MostGrowth)
            throw new Difference($"Managed memory grew from {_memoryAtFirst} bytes after {WarmUpRounds} rounds to {tally.Memory}.");
    }

    /// <summary>Scores rows with a model, and with its copy on several threads at once.</summary>
    /// <returns>The number of scores.</returns>
    public static int Score(VaeModel model, VaeModel copy, float[] rows)
    {
        const int threads = 4;
        int count = rows.Length / model.Layout.RowWidth;
        float[] expected = new float[count];
        model.Score(rows, expected);
        float[][] actual = [.. Enumerable.Range(0, threads).Select(_ => new float[count])];
        Parallel.For(0, threads, thread => copy.Score(rows, actual[thread]));
        foreach (float[] scores in actual)
        {
            for (int row = 0; row < count; row++)
            {
                if (BitConverter.SingleToInt32Bits(scores[row]) != BitConverter.SingleToInt32Bits(expected[row]))
                    throw new Difference($"A loaded model scores row {row} as {scores[row]:R}, not as {expected[row]:R}.");
            }
        }

        return (threads + 1) * count;
    }

    /// <summary>Damages a file, and forges it with a right checksum: it loads as what was saved, or is refused as promised.</summary>
    private static void Damage(byte[] file, Random random, string folder)
    {
        string path = Path.Combine(folder, "damaged.vae");
        for (int i = 0; i < DamagedFiles; i++)
        {
            byte[] damaged = Mutation.Apply(file, random);
            byte[] forged = random.Next(2) == 0 ? HeaderMutation.Apply(file, random) : damaged;
            try
            {
                File.WriteAllBytes(path, damaged);
                LoadDamaged(damaged, file);
                File.WriteAllBytes(path, forged);
                ReaderTarget.Run(forged);
            }
            catch (InvalidOperationException exception)
            {
                throw new Difference($"{path}: {exception}");
            }
        }
    }

    private static void LoadDamaged(byte[] damaged, byte[] file)
    {
        VaeModel? loaded = null;
        var (allocated, exception) = LoadingMemory.Of(() => loaded = VaeModel.Load(new MemoryStream(damaged, writable: false)));
        if (exception is not (null or InvalidDataException or FormatException))
            throw new Difference($"A damaged file gave {exception}");
        if (allocated > LoadingMemory.Bound(damaged.Length))
            throw new Difference($"A damaged file of {damaged.Length} bytes allocated {allocated}.");
        if (loaded is not null) Difference.Require(Bytes(loaded), file, "A damaged file is another model.");
    }

    private static byte[] Bytes(VaeModel model)
    {
        using var stream = new MemoryStream();
        model.Save(stream);
        return stream.ToArray();
    }
}
