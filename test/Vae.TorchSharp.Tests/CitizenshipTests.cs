using System.Diagnostics;
using FluentAssertions;
using TorchSharp;
using Vae.Options;
using Vae.Training;

namespace Vae.TorchSharp.Tests;

/// <summary>A training leaves libtorch and the process as it found them.</summary>
public sealed class CitizenshipTests
{
    private static readonly VaeOptions Small =
        new() { LatentDimension = 2, HiddenLayers = [16, 8], Epochs = 5, BatchSize = 32, Dropout = 0.1, InputNoise = 0.1 };

    [TorchFact]
    public void The_random_numbers_of_the_process_go_on_as_if_nothing_had_happened()
    {
        torch.random.manual_seed(7);
        using var first = torch.rand(4);
        using var second = torch.rand(4);
        torch.random.manual_seed(7);
        using var again = torch.rand(4);
        Train();
        using var after = torch.rand(4);

        again.data<float>().Should().Equal(first.data<float>());
        after.data<float>().Should().Equal(second.data<float>());
    }

    [TorchFact]
    public void The_thread_count_is_restored()
    {
        int before = torch.get_num_threads();
        int during = 0;
        Train(new TrainingContext { ThreadCount = before + 2, Progress = new Listener(_ => during = torch.get_num_threads()) });

        during.Should().Be(before + 2);
        torch.get_num_threads().Should().Be(before);
    }

    [TorchFact]
    public async Task The_thread_count_is_restored_when_two_trainings_overlap()
    {
        int before = torch.get_num_threads();
        using var bothRunning = new Barrier(2);
        var trainings = Enumerable.Range(0, 2).Select(index => Task.Factory.StartNew(
            () =>
            {
                bool met = false;
                Train(new TrainingContext
                {
                    ThreadCount = before + 1 + index,
                    Progress = new Listener(_ =>
                    {
                        if (met) return;
                        met = true;
                        bothRunning.SignalAndWait();
                    }),
                });
                return torch.get_num_threads();
            },
            TaskCreationOptions.LongRunning));

        (await Task.WhenAll(trainings)).Should().OnlyContain(threads => threads == before);
        torch.get_num_threads().Should().Be(before);
        (await Task.Factory.StartNew(torch.get_num_threads, TaskCreationOptions.LongRunning)).Should().Be(before);
    }

    [TorchFact]
    public void Gradients_are_on_during_training_and_as_before_after_it()
    {
        using (torch.no_grad())
        {
            Train().History!.Epochs.Should().HaveCount(5);
            torch.is_grad_enabled().Should().BeFalse();
        }

        torch.is_grad_enabled().Should().BeTrue();
    }

    [TorchFact]
    public void No_tensor_outlives_a_training()
    {
        long before = LiveTensors();
        using var scope = torch.NewDisposeScope();
        int parameters = Train().Parameters.Shape.Weights.Tensors.Count;

        LiveTensors().Should().Be(
            before + parameters,
            "TorchSharp counts a Parameter twice: it takes over the handle of another tensor, which is never uncounted");
        scope.DisposablesCount.Should().Be(0);
    }

    [TorchFact]
    public void No_tensor_outlives_a_training_that_fails()
    {
        int parameters = Train().Parameters.Shape.Weights.Tensors.Count;
        long before = LiveTensors();
        var train = () => Train(new TrainingContext { Progress = new Listener(_ => throw new InvalidOperationException("enough")) });

        train.Should().Throw<InvalidOperationException>().WithMessage("enough");
        LiveTensors().Should().Be(
            before + parameters,
            "TorchSharp counts a Parameter twice");
    }

    [TorchFact]
    public void A_tensor_made_in_a_progress_report_belongs_to_its_maker()
    {
        using var scope = torch.NewDisposeScope();
        torch.Tensor? made = null;
        Train(new TrainingContext { Progress = new Listener(_ => made = torch.ones(3)) });

        made!.IsInvalid.Should().BeFalse();
        scope.Contains(made).Should().BeTrue();
    }

    [TorchFact]
    public async Task Two_trainings_at_once_give_what_each_gives_alone()
    {
        var options = new[] { Small with { Seed = 1 }, Small with { Seed = 2, BatchNormalization = true } };
        var alone = options.Select(Weights).ToArray();
        var together = await Task.WhenAll(
            options.Select(choice => Task.Factory.StartNew(() => Weights(choice), TaskCreationOptions.LongRunning)));

        together[0].Should().Equal(alone[0]);
        together[1].Should().Equal(alone[1]);

        static ArraySegment<float> Weights(VaeOptions options) => new TorchTrainer()
            .Train(TestTables.Rows(TestLayouts.Mixed, 200), options, new TrainingContext { ThreadCount = 1 }).Parameters.Weights.Values;
    }

    [TorchFact]
    public void Two_hundred_trainings_do_not_make_the_process_grow()
    {
        var rows = TestTables.Rows(TestLayouts.Mixed, 200);
        var options = Small with { Epochs = 2, HiddenLayers = [64, 32], BatchSize = 64, BatchNormalization = true };
        long after20 = 0;
        for (int training = 1; training <= 200; training++)
        {
            new TorchTrainer().Train(rows, options);
            if (training == 20) after20 = ResidentBytes();
        }

        (ResidentBytes() - after20).Should().BeLessThan(50L << 20);
    }

    private static long LiveTensors()
    {
        CollectGarbage();
        return torch.Tensor.TotalCount;
    }

    private static long ResidentBytes()
    {
        CollectGarbage();
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }

    private static void CollectGarbage()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
    }

    private static VaeModel Train(TrainingContext? context = null) =>
        new TorchTrainer().Train(TestTables.Rows(TestLayouts.Mixed, 200), Small, context);
}
