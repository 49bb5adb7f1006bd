using FluentAssertions;
using Vae.Networks;
using Vae.Options;
using Vae.Tests.Persistence;
using Vae.Training;
using Vae.Training.Checkpoints;
using Xunit;

namespace Vae.Tests.Trust;

/// <summary>Files whose headers a seeded fuzzer has forged, with right lengths and checksums.</summary>
public sealed class ForgedHeaderFuzzTests
{
    private const int Forgeries = 3_000;

    private static readonly VaeOptions Options = SmallModels.Options;

    [Fact]
    public void A_forged_model_loads_to_one_that_works_or_is_refused_within_ten_times_its_size()
    {
        byte[] file = SmallModels.Bytes(SmallModels.Train(Options));
        SmallModels.Load(file);
        var random = new Random(20260105);
        int loaded = 0;
        for (int i = 0; i < Forgeries; i++)
        {
            byte[] forged = HeaderMutation.Apply(file, random);
            VaeModel? model = null;
            RequireBounds(forged, i, () => model = SmallModels.Load(forged));
            if (model is null) continue;
            loaded++;
            byte[] saved = SmallModels.Bytes(model);
            SmallModels.Bytes(SmallModels.Load(saved)).Should().Equal(saved, $"forgery {i} was loaded");
            model.Score(new float[model.Layout.RowWidth], new float[1]);
            model.Diagnosis.ToString().Should().NotBeEmpty();
            model.Diagnosis.KullbackLeiblerPerDimension.Should().HaveCount(model.LatentDimension);
        }

        loaded.Should().BeInRange(Forgeries / 100, Forgeries / 2, "some numbers cannot be told from those of a training");
    }

    [Fact]
    public void A_forged_checkpoint_is_taken_or_refused_within_ten_times_its_size()
    {
        byte[] file = CheckpointFile();
        var shape = new NetworkShape(SmallModels.Layout, Options);
        void Restore(byte[] bytes)
        {
            var checkpoint = Checkpoint.Read(new MemoryStream(bytes, writable: false));
            var state = new TrainingState(new VaeParameters(shape));
            checkpoint.Restore(state, Options);
            state.Epochs.Count.Should().BeInRange(state.BestEpoch, Options.Epochs);
        }

        Restore(file);
        var random = new Random(20260106);
        int taken = 0;
        for (int i = 0; i < Forgeries; i++)
        {
            byte[] forged = HeaderMutation.Apply(file, random);
            if (RequireBounds(forged, i, () => Restore(forged))) taken++;
        }

        taken.Should().BeInRange(Forgeries / 100, Forgeries / 2);
    }

    private static bool RequireBounds(byte[] forged, int number, Action load)
    {
        var (allocated, exception) = LoadingMemory.Of(load);
        (exception is null or InvalidDataException or FormatException).Should().BeTrue("forgery {0} gave {1}", number, exception);
        allocated.Should().BeLessThan(LoadingMemory.Bound(forged.Length), $"forgery {number} has {forged.Length} bytes");
        return exception is null;
    }

    private static byte[] CheckpointFile()
    {
        using var folder = new TemporaryFolder();
        var context = new TrainingContext
        {
            ThreadCount = 1,
            Checkpoints = new CheckpointSettings { Path = folder["checkpoint"], EveryEpochs = 1 },
            Progress = new Listener(metrics =>
            {
                if (metrics.Epoch == 2) throw new IOException("The lights went out.");
            }),
        };
        var train = () => SmallModels.Train(Options, context);
        train.Should().Throw<IOException>();
        return File.ReadAllBytes(folder["checkpoint"]);
    }
}
