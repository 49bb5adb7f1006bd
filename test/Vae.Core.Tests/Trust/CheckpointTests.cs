using System.Buffers.Binary;
using FluentAssertions;
using Vae.Data;
using Vae.Options;
using Vae.Persistence;
using Vae.Tests.Persistence;
using Vae.Training;
using Vae.Training.Checkpoints;
using Vae.Training.Managed;
using Xunit;

namespace Vae.Tests.Trust;

public sealed class CheckpointTests : IDisposable
{
    private static readonly VaeOptions Options = SmallModels.Options with { Epochs = 12, EarlyStoppingPatience = 6 };

    private readonly TemporaryFolder _folder = new();

    private string FilePath => _folder["checkpoint"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(ManyOptions))]
    public void A_resumed_training_gives_the_bytes_of_one_that_ran_through(string what, VaeOptions options)
    {
        var uninterrupted = SmallModels.Train(options);
        var expected = SmallModels.Bytes(uninterrupted);
        for (int epoch = 1; epoch < uninterrupted.History.Epochs.Count; epoch += 3)
        {
            Interrupt(options, epoch);
            File.Exists(FilePath).Should().BeTrue();
            int first = 0;
            var progress = new Listener(metrics => first = first == 0 ? metrics.Epoch : first);
            var resumed = SmallModels.Train(options, Context(progress));
            first.Should().Be(epoch + 1, what);
            SmallModels.Bytes(resumed).Should().Equal(expected, what);
            File.Exists(FilePath).Should().BeFalse("the training has ended");
        }
    }

    public static TheoryData<string, VaeOptions> ManyOptions() => new()
    {
        { "defaults", Options },
        {
            "noise per slot",
            Options with { NoiseScale = NoiseScaleOptions.Learned(perSlot: true), LearningRateSchedule = LearningRateSchedule.Constant }
        },
        {
            "computed noise, cycles",
            Options with { NoiseScale = NoiseScaleOptions.Computed(), RegularizerSchedule = WeightSchedule.Cyclical(3) }
        },
        {
            "batch normalization, dropout, denoising",
            Options with { BatchNormalization = true, Dropout = 0.2, InputNoise = 0.1, InputMasking = 0.1 }
        },
        { "InfoVAE", Options with { Regularizer = RegularizerOptions.InfoVae() } },
        { "no validation", Options with { ValidationFraction = 0 } },
    };

    [Fact]
    public void An_early_stop_is_not_forgotten()
    {
        // A learning rate that is too high for the validation loss to fall for long.
        var options = Options with
        {
            InitialWeights = InitialWeightsKind.Random,
            Epochs = 60,
            LearningRate = 0.3,
            LearningRateSchedule = LearningRateSchedule.Constant,
            EarlyStoppingPatience = 2,
        };
        var expected = SmallModels.Train(options);
        expected.History.StoppedEarly.Should().BeTrue();
        for (int epoch = expected.History.Epochs.Count - 2; epoch <= expected.History.Epochs.Count; epoch++)
        {
            Interrupt(options, epoch);
            SmallModels.Bytes(SmallModels.Train(options, Context())).Should().Equal(SmallModels.Bytes(expected));
        }
    }

    [Fact]
    public void Checkpoints_come_after_every_so_many_epochs()
    {
        var written = new List<int>();
        var context = new TrainingContext
        {
            Progress = new Listener(metrics =>
            {
                if (!File.Exists(FilePath)) return;
                written.Add(metrics.Epoch);
                File.Delete(FilePath);
            }),
            Checkpoints = new CheckpointSettings { Path = FilePath, EveryEpochs = 4 },
        };
        SmallModels.Train(Options with { EarlyStopping = false }, context);
        written.Should().Equal(4, 8, 12);
    }

    [Fact]
    public void Checkpoints_come_after_every_so_many_minutes()
    {
        var written = new List<int>();
        var context = new TrainingContext
        {
            Progress = new Listener(metrics =>
            {
                if (File.Exists(FilePath)) written.Add(metrics.Epoch);
                File.Delete(FilePath);
                if (metrics.Epoch is 2 or 5) Thread.Sleep(1000);
            }),
            Checkpoints = new CheckpointSettings { Path = FilePath, EveryMinutes = 0.9 / 60 },
        };
        SmallModels.Train(Options with { EarlyStopping = false }, context);
        written.Should().Contain([3, 6]);
    }

    [Fact]
    public void A_checkpoint_of_another_training_is_refused_with_the_reason()
    {
        Interrupt(Options, 2);
        var rows = new MatrixRows(SmallModels.Layout, SmallModels.Rows(61));
        var trainOnOtherRows = () => new ManagedTrainer().Train(rows, Options, Context());
        trainOnOtherRows.Should().Throw<InvalidOperationException>().WithMessage("*has other rows*ReplaceOther*");
        var trainWithOtherOptions = () => SmallModels.Train(Options with { Dropout = 0.1 }, Context());
        trainWithOtherOptions.Should().Throw<InvalidOperationException>().WithMessage("*has other options*");
        var elsewhere = new TrainingContext
        {
            InitialModel = SmallModels.Train(),
            Checkpoints = new CheckpointSettings { Path = FilePath, EveryEpochs = 1 },
        };
        var startElsewhere = () => SmallModels.Train(Options, elsewhere);
        startElsewhere.Should().Throw<InvalidOperationException>().WithMessage("*another starting point*");
        File.Exists(FilePath).Should().BeTrue("it is somebody's");
    }

    [Fact]
    public void A_checkpoint_of_another_training_is_replaced_on_request()
    {
        Interrupt(Options, 2);
        var other = Options with { Seed = 99 };
        var settings = new CheckpointSettings { Path = FilePath, EveryEpochs = 1, ReplaceOther = true };
        var context = new TrainingContext { Checkpoints = settings };
        SmallModels.Bytes(SmallModels.Train(other, context)).Should().Equal(SmallModels.Bytes(SmallModels.Train(other)));
    }

    [Fact]
    public void A_damaged_checkpoint_is_refused()
    {
        Interrupt(Options, 2);
        byte[] bytes = File.ReadAllBytes(FilePath);
        var resume = () => SmallModels.Train(Options, Context());
        File.WriteAllBytes(FilePath, bytes[..^1]);
        resume.Should().Throw<InvalidDataException>().WithMessage("*checkpoint is truncated*");
        bytes[100] ^= 1;
        File.WriteAllBytes(FilePath, bytes);
        resume.Should().Throw<InvalidDataException>().WithMessage("*checkpoint is corrupt*");
        File.WriteAllBytes(FilePath, SmallModels.Bytes(SmallModels.Train()));
        resume.Should().Throw<InvalidDataException>().WithMessage("*not a checkpoint*");
    }

    [Fact]
    public void A_checkpoint_that_was_forged_is_refused()
    {
        Interrupt(Options, 2);
        byte[] bytes = File.ReadAllBytes(FilePath);
        foreach (var (forged, problem) in new[]
        {
            (Forgery.WithHeaderText(bytes, "null"), "header holds what cannot be"),
            (Forgery.WithHeader(bytes, header => header["step"] = "many"), "header holds what cannot be"),
            (Forgery.WithHeader(bytes, header => header["bestEpoch"] = 3), "best epoch"),
            (Forgery.WithHeader(bytes, header => header["step"] = -1), "steps"),
            (Forgery.WithHeader(bytes, header => header["optimizerSteps"] = -1), "steps"),
            (Forgery.WithHeader(bytes, header => header["metrics"]!["columns"]![0] = "luck"), "'luck' is not known"),
            (
                Forgery.WithHeader(bytes, header => (header["metrics"]!["epochs"], header["bestEpoch"]) = (1, 1)),
                "another length than its header says"
            ),
            (Forgery.WithData(bytes, PutNaNBehindMetrics), "holds a value that cannot be"),
        })
        {
            File.WriteAllBytes(FilePath, forged);
            var resume = () => SmallModels.Train(Options, Context());
            resume.Should().Throw<InvalidDataException>().WithMessage($"*checkpoint is corrupt*{problem}*");
        }
    }

    [Fact]
    public void Weights_of_rows_are_a_part_of_the_training()
    {
        float[] weights = [.. Enumerable.Range(0, 60).Select(row => 1 + row % 3f)];
        VaeModel Train(TrainingContext context) =>
            new ManagedTrainer().Train(new MatrixRows(SmallModels.Layout, SmallModels.Rows(60), weights), Options, context);
        byte[] expected = SmallModels.Bytes(Train(new TrainingContext()));
        var interrupt = () => Train(Context(new Listener(_ => throw new IOException("The lights went out."))));
        interrupt.Should().Throw<IOException>();
        byte[] checkpoint = File.ReadAllBytes(FilePath);

        SmallModels.Bytes(Train(Context())).Should().Equal(expected);

        File.WriteAllBytes(FilePath, checkpoint);
        weights[7] += 1;
        var trainWithOtherWeights = () => Train(Context());
        trainWithOtherWeights.Should().Throw<InvalidOperationException>().WithMessage("*has other rows*");
    }

    [Fact]
    public void A_training_resumed_under_another_memory_budget_gives_the_same_model()
    {
        var options = Options with { Epochs = 2, BatchSize = 4096, ValidationFraction = 0.01 };
        var rows = new MatrixRows(SmallModels.Layout, SmallModels.Rows(200_000));
        VaeModel Train(TrainingContext context, long memoryBudget) =>
            new ManagedTrainer().Train(rows, options, context with { MemoryBudget = memoryBudget });
        byte[] expected = SmallModels.Bytes(Train(new TrainingContext(), 512 << 20));
        var interrupt = () => Train(Context(new Listener(_ => throw new IOException("The lights went out."))), 512 << 20);
        interrupt.Should().Throw<IOException>();

        SmallModels.Bytes(Train(Context(), 1 << 20)).Should().Equal(expected);
        SmallModels.Bytes(Train(new TrainingContext(), 4 << 20)).Should().Equal(expected);
    }

    [Fact]
    public void Settings_that_cannot_be_are_refused_by_name()
    {
        foreach (var settings in new CheckpointSettings[]
        {
            new() { Path = " ", EveryEpochs = 1 },
            new() { Path = "x" },
            new() { Path = "x", EveryEpochs = 0 },
            new() { Path = "x", EveryMinutes = double.NaN },
        })
        {
            var train = () => SmallModels.Train(Options, new TrainingContext { Checkpoints = settings });
            train.Should().Throw<ArgumentException>().WithMessage(string.IsNullOrWhiteSpace(settings.Path) ? "*Path*" : "*Every*");
        }
    }

    [Fact]
    public void Cancellation_ends_training_before_the_next_step_and_leaves_the_checkpoint()
    {
        using var cancellation = new CancellationTokenSource();
        int epochs = 0;
        var progress = new Listener(metrics =>
        {
            epochs = metrics.Epoch;
            if (epochs == 3) cancellation.Cancel();
        });
        var train = () => SmallModels.Train(Options, Context(progress, cancellation.Token));
        train.Should().Throw<OperationCanceledException>();
        epochs.Should().Be(3);
        SmallModels.Bytes(SmallModels.Train(Options, Context())).Should().Equal(SmallModels.Bytes(SmallModels.Train(Options)));
    }

    [Fact]
    public void A_cancelled_training_gives_its_best_model_on_request_and_leaves_the_checkpoint()
    {
        using var cancellation = new CancellationTokenSource();
        var context = new TrainingContext
        {
            CancellationToken = cancellation.Token,
            CancellationBehavior = CancellationBehavior.ReturnBestModel,
            Checkpoints = new CheckpointSettings { Path = FilePath, EveryEpochs = 1 },
            Progress = new Listener(metrics =>
            {
                if (metrics.Epoch == 5) cancellation.Cancel();
            }),
        };
        var model = SmallModels.Train(Options, context);
        File.Exists(FilePath).Should().BeTrue();
        model.History.Cancelled.Should().BeTrue();
        model.History.Epochs.Should().HaveCount(5);
        model.History.BestEpoch.Should().BeInRange(1, 5);
        SmallModels.Scores(model).Should().OnlyContain(score => float.IsFinite(score));
        SmallModels.Load(SmallModels.Bytes(model)).History.Cancelled.Should().BeTrue();
    }

    [Fact]
    public void A_training_that_is_cancelled_before_the_first_epoch_has_no_best_model()
    {
        var context = new TrainingContext
        {
            CancellationToken = new CancellationToken(true),
            CancellationBehavior = CancellationBehavior.ReturnBestModel,
        };
        var train = () => SmallModels.Train(Options, context);
        train.Should().Throw<OperationCanceledException>();
    }

    private static void PutNaNBehindMetrics(ArraySegment<byte> data) =>
        BinaryPrimitives.WriteSingleLittleEndian(data.AsSpan(2 * HistoryColumns.Names.Count * sizeof(double)), float.NaN);

    private TrainingContext Context(IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default) => new()
    {
        Progress = progress,
        CancellationToken = cancellation,
        Checkpoints = new CheckpointSettings { Path = FilePath, EveryEpochs = 1 },
    };

    /// <summary>Leaves the checkpoint of a training that broke down after an epoch.</summary>
    private void Interrupt(VaeOptions options, int epoch)
    {
        var progress = new Listener(metrics =>
        {
            if (metrics.Epoch == epoch) throw new IOException("The lights went out.");
        });
        var train = () => SmallModels.Train(options, Context(progress));
        train.Should().Throw<IOException>();
    }
}
