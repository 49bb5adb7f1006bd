using System.Buffers.Binary;
using FluentAssertions;
using Vae.Tests.Persistence;
using Xunit;

namespace Vae.Tests.Trust;

/// <summary>Model files that a seeded fuzzer has damaged, some of them with a checksum that was made right again.</summary>
public sealed class FuzzTests
{
    private const int Mutations = 20_000;

    private static readonly byte[] File = SmallModels.Bytes(SmallModels.Train(SmallModels.Options with { HiddenLayers = [32, 16] }));

    [Fact]
    public void A_damaged_file_loads_to_the_identical_model_or_is_refused_within_ten_times_its_size()
    {
        var random = new Random(20260101);
        SmallModels.Load(File);
        int identical = 0;
        for (int i = 0; i < Mutations; i++)
        {
            byte[] damaged = Mutation.Apply(File, random);
            var loaded = LoadWithinBounds(damaged, i);
            if (loaded is null) continue;
            SmallModels.Bytes(loaded).Should().Equal(File, $"mutation {i} was taken for a model");
            identical++;
        }

        identical.Should().BeLessThan(Mutations / 5, "most mutations but appended bytes change what is read");
    }

    [Fact]
    public void A_forged_file_with_the_right_checksum_loads_to_a_model_that_works_or_is_refused_within_ten_times_its_size()
    {
        var random = new Random(20260102);
        SmallModels.Load(File);
        int loadedModels = 0;
        for (int i = 0; i < Mutations; i++)
        {
            byte[] forged = Mutation.Apply(File, random);
            if (forged.Length < 60) continue;
            if (random.Next(2) == 0) RepairLengths(forged);
            var loaded = LoadWithinBounds(Forgery.Sign(forged), i);
            if (loaded is null) continue;
            loadedModels++;
            SmallModels.Bytes(SmallModels.Load(SmallModels.Bytes(loaded)))
                .Should().Equal(SmallModels.Bytes(loaded), $"mutation {i} was loaded");
            var row = new float[loaded.Layout.RowWidth];
            loaded.Score(row, new float[1]);
        }

        loadedModels.Should().BePositive("a change of a weight cannot be told from training");
    }

    private static VaeModel? LoadWithinBounds(byte[] bytes, int mutation)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        VaeModel? model = null;
        try
        {
            model = SmallModels.Load(bytes);
        }
        catch (Exception exception) when (exception is InvalidDataException or FormatException)
        {
        }

        // All that was allocated bounds the peak from above; the constant is for the exceptions themselves, which short files cannot
        // outweigh.
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        allocated.Should().BeLessThan(10L * bytes.Length + 32_768, $"mutation {mutation} has {bytes.Length} bytes");
        return model;
    }

    /// <summary>Makes the data as long as what is left of the file, so that a changed header is looked at.</summary>
    private static void RepairLengths(byte[] forged)
    {
        int header = BinaryPrimitives.ReadInt32LittleEndian(forged.AsSpan(12));
        long data = forged.Length - 24L - 32 - header;
        if (header >= 0 && data >= 0) BinaryPrimitives.WriteInt64LittleEndian(forged.AsSpan(16), data);
    }
}
