using FluentAssertions;
using Vae.Options;
using Vae.Tests.Persistence;
using Vae.Training;
using Vae.Training.Checkpoints;
using Vae.Training.Managed;
using Xunit;

namespace Vae.Tests.Trust;

/// <summary>Checkpoints that cannot be written, read or deleted: what a training does then, and what it says.</summary>
public sealed class CheckpointTroubleTests : IDisposable
{
    private static readonly VaeOptions Options = SmallModels.Options with { Epochs = 6, EarlyStopping = false };

    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _warnings = [];

    private string FilePath => _folder["checkpoint"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("missing/checkpoint", "its folder does not exist")]
    [InlineData("", "it is a folder")]
    [InlineData("a\0b", "it is not the path of a file")]
    public void A_path_that_cannot_be_written_is_refused_before_a_row_is_read(string name, string problem)
    {
        string path = _folder[name];
        var context = new TrainingContext { Checkpoints = new CheckpointSettings { Path = path, EveryMinutes = 60 } };
        var train = () => new ManagedTrainer().Train(new UnreadRows(), Options, context);
        train.Should().Throw<IOException>().WithMessage($"The checkpoint '{path}' cannot be written: {problem}*");
    }

    [Fact]
    public void Two_trainings_cannot_have_one_path()
    {
        var second = () => SmallModels.Train(Options, Context());
        var expected = SmallModels.Bytes(SmallModels.Train(Options));
        int refusals = 0;
        var first = SmallModels.Train(Options, Context(_ =>
        {
            second.Should().Throw<IOException>().WithMessage($"*'{FilePath}'*another training*");
            refusals++;
        }));
        refusals.Should().Be(Options.Epochs);
        SmallModels.Bytes(first).Should().Equal(expected);
        Directory.GetFiles(_folder.Path).Should().BeEmpty("the training has ended");
        SmallModels.Bytes(second()).Should().Equal(expected);
    }

    [Fact]
    public void Two_processes_cannot_have_one_path_and_neither_suffers()
    {
        using var child = ChildProcess.Start(ChildProgram.Location, null, ChildProgram.Checkpoints, _folder.Path);
        child.StandardOutput.ReadLine().Should().Be("1");
        var train = () => LongTraining.Run(_folder.Path, new Listener(_ => { }));
        train.Should().Throw<IOException>().WithMessage("*another training*");
        child.StandardOutput.ReadToEnd().Should().EndWith($"{LongTraining.Options.Epochs}{Environment.NewLine}");
        child.WaitForExit();
        child.ExitCode.Should().Be(0);
        Directory.GetFiles(_folder.Path).Should().ContainSingle("there is the model and nothing else");
    }

    [Fact]
    public void A_full_disk_is_told_and_training_goes_on()
    {
        var expected = SmallModels.Bytes(SmallModels.Train(Options));
        var model = SmallModels.Train(Options, Context(epoch =>
        {
            if (epoch is 2 or 3) FillDisk();
            if (epoch == 4 && Directory.Exists(FilePath + ".tmp")) Directory.Delete(FilePath + ".tmp");
        }));
        SmallModels.Bytes(model).Should().Equal(expected);
        _warnings.Should().HaveCount(2);
        _warnings[0].Should().Match($"The checkpoint '{FilePath}' of epoch 3 could not be written*Training goes on*");
        _warnings[1].Should().Match("*epoch 4*");
    }

    [Fact]
    public void A_failed_write_leaves_the_last_checkpoint_whole()
    {
        var interrupted = () => SmallModels.Train(Options, Context(epoch =>
        {
            if (epoch == 2) FillDisk();
            if (epoch == 3) throw new TimeoutException("The lights went out.");
        }));
        interrupted.Should().Throw<TimeoutException>();
        var epochs = new List<int>();
        SmallModels.Train(Options, Context(epochs.Add));
        epochs.Should().Equal(3, 4, 5, 6);
    }

    [Fact]
    public void A_failed_write_ends_the_training_on_request()
    {
        var context = Context(_ => FillDisk());
        context = context with { Checkpoints = context.Checkpoints! with { ThrowOnFailedWrite = true } };
        var train = () => SmallModels.Train(Options, context);
        train.Should().Throw<IOException>().WithMessage($"The checkpoint '{FilePath}' of epoch 2 could not be written*");
        _warnings.Should().BeEmpty();
    }

    [Fact]
    public void A_checkpoint_that_cannot_be_deleted_costs_no_model()
    {
        var expected = SmallModels.Bytes(SmallModels.Train(Options));
        var model = SmallModels.Train(Options, Context(epoch =>
        {
            if (epoch != Options.Epochs) return;
            File.Delete(FilePath);
            Directory.CreateDirectory(FilePath);
        }));
        SmallModels.Bytes(model).Should().Equal(expected);
        _warnings.Should().ContainSingle().Which.Should().Match($"The checkpoint '{FilePath}' could not be deleted*");
    }

    [Theory]
    [InlineData("truncated", "the checkpoint is truncated")]
    [InlineData("damaged", "the checkpoint is corrupt")]
    [InlineData("forged", "the checkpoint is corrupt")]
    [InlineData("other", "this is not a checkpoint")]
    public void A_file_that_is_no_checkpoint_names_itself_and_a_remedy_which_helps(string damage, string problem)
    {
        byte[] bytes = Interrupt();
        bytes = damage switch
        {
            "truncated" => bytes[..^1],
            "damaged" => [.. bytes[..^40], (byte)~bytes[^40], .. bytes[^39..]],
            "forged" => Forgery.WithData(bytes, data => data.AsSpan(data.Count / 3).Fill(255)),
            _ => SmallModels.Bytes(SmallModels.Train()),
        };
        File.WriteAllBytes(FilePath, bytes);

        var resume = () => SmallModels.Train(Options, Context());
        resume.Should().Throw<InvalidDataException>().WithMessage($"*'{FilePath}'*{problem[4..]}*delete it*ReplaceOther*");

        var context = Context();
        var replaced = SmallModels.Train(Options, context with { Checkpoints = context.Checkpoints! with { ReplaceOther = true } });
        SmallModels.Bytes(replaced).Should().Equal(SmallModels.Bytes(SmallModels.Train(Options)));
    }

    [Fact]
    public void Of_a_training_with_another_seed_the_message_says_which()
    {
        Interrupt();
        var train = () => SmallModels.Train(Options with { Seed = 99 }, Context());
        train.Should().Throw<InvalidOperationException>()
            .WithMessage($"*'{FilePath}'*has the seed 5, and this one has the seed 99*Set the seed*");
    }

    [Fact]
    public void A_checkpoint_of_the_first_version_which_knows_no_seed_is_gone_on_from_and_refused_without_one()
    {
        byte[] bytes = Forgery.WithHeader(Interrupt(), header => header["fingerprint"]!.AsObject().Remove("seed"));
        bytes[8] = 1;
        File.WriteAllBytes(FilePath, Forgery.Sign(bytes));
        var train = () => SmallModels.Train(Options with { Seed = 99 }, Context());
        train.Should().Throw<InvalidOperationException>().WithMessage("*has other options*");
        var epochs = new List<int>();
        SmallModels.Train(Options, Context(epochs.Add));
        epochs.Should().Equal(3, 4, 5, 6);
    }

    private TrainingContext Context(Action<int>? epochEnded = null) => new()
    {
        ThreadCount = 1,
        Progress = new Listener(metrics => epochEnded?.Invoke(metrics.Epoch)),
        Warnings = new WarningListener(_warnings.Add),
        Checkpoints = new CheckpointSettings { Path = FilePath, EveryEpochs = 1 },
    };

    /// <summary>
    /// The next checkpoint finds no room: its temporary file is the device that is always full. Where there is none, a folder is in its
    /// way.
    /// </summary>
    private void FillDisk()
    {
        if (OperatingSystem.IsLinux())
            File.CreateSymbolicLink(FilePath + ".tmp", "/dev/full");
        else
            Directory.CreateDirectory(FilePath + ".tmp");
    }

    /// <summary>Leaves the checkpoint of a training that broke down after the second epoch.</summary>
    private byte[] Interrupt()
    {
        var train = () => SmallModels.Train(Options, Context(epoch =>
        {
            if (epoch == 2) throw new TimeoutException("The lights went out.");
        }));
        train.Should().Throw<TimeoutException>();
        return File.ReadAllBytes(FilePath);
    }
}
