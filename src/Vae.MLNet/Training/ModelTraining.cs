using Microsoft.ML.Runtime;
using Vae.History;
using Vae.MLNet.Internals;
using Vae.Options;
using Vae.Training;
using Vae.Training.Checkpoints;

namespace Vae.MLNet.Training;

/// <summary>Runs a trainer in an ML.NET environment: log, cancellation, temporary files, and exceptions as ML.NET marks them.</summary>
internal sealed class ModelTraining(IHost host, VaeEmbeddingEstimator.Options options)
{
    private readonly TrainerKind _trainer = options.Trainer;
    private readonly int? _threads = options.ThreadCount;
    private readonly CancellationToken _token = options.CancellationToken;
    private readonly CancellationBehavior _behavior = options.CancellationBehavior;
    private readonly CheckpointSettings? _checkpoints = options.Checkpoints;
    private readonly long _memoryBudget = options.MemoryBudget;
    private readonly IProgress<EpochMetrics>? _progress = options.Progress;

    /// <summary>Trains a model on rows.</summary>
    public VaeModel Train(DataViewRows rows, VaeOptions model, VaeModel? initial)
    {
        Hosting.ThrowIfCanceled(host);
        using var channel = host.Start("Training");
        using var cancellation = new HostCancellation(host, _token);
        var log = new TrainingLog(channel, _progress);
        var context = new TrainingContext
        {
            Progress = log,
            CancellationToken = cancellation.Token,
            CancellationBehavior = _behavior,
            Checkpoints = _checkpoints,
            InitialModel = initial,
            ThreadCount = _threads,
            MemoryBudget = _memoryBudget,
            TemporaryFolder = Hosting.TemporaryFolder(host),
        };
        try
        {
            var trained = Choose(channel).Train(rows, model, context);
            log.Report(trained);
            return trained;
        }
        catch (OperationCanceledException exception)
        {
            Hosting.ThrowIfCanceled(host);
            throw Errors.Marked(host, new OperationCanceledException(exception.Message, exception, _token));
        }
        catch (ArgumentException exception) when (initial is not null && !rows.WasOpened)
        {
            throw Errors.Argument(host, nameof(initial), exception.Message);
        }
        catch (ArgumentException exception)
        {
            throw Errors.Data(host, exception, $"{exception.Message} Input: {rows.ColumnNames}.");
        }
        catch (Exception exception) when (exception is InvalidOperationException or InvalidDataException or FormatException)
        {
            Errors.Marked(host, exception);
            throw;
        }
    }

    private IVaeTrainer Choose(IChannel channel)
    {
        var (gpuDeviceId, fallbackToCpu) = Hosting.Devices(host);
        var choice = TrainerResolver.Resolve(_trainer, gpuDeviceId, fallbackToCpu);
        if (choice.IsWarning)
            Hosting.Warning(channel, choice.Reason);
        else
            Hosting.Info(channel, choice.Reason);
        return choice.Trainer;
    }
}
