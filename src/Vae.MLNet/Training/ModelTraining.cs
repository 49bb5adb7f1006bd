using Microsoft.ML.Runtime;
using Vae.MLNet.Internals;
using Vae.MLNet.Rows;
using Vae.Training;

namespace Vae.MLNet.Training;

/// <summary>Runs a trainer in an ML.NET environment: log, cancellation, temporary files, and exceptions as ML.NET marks them.</summary>
internal sealed class ModelTraining(IHost host, IChannel channel)
{
    /// <summary>Runs a training on rows.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="context">What the user chose; the environment's own wishes are added.</param>
    /// <param name="train">Trains, given both.</param>
    /// <param name="models">The models in what was trained, for the log.</param>
    public T Run<T>(DataViewRows rows, TrainingContext context, Func<TrainingContext, T> train, Func<T, IEnumerable<VaeModel>> models)
    {
        using var cancellation = new HostCancellation(host, context.CancellationToken);
        var log = new TrainingLog(channel, context.Progress);
        log.Report(rows.ColumnNames, rows.Layout);
        try
        {
            var trained = train(context with
            {
                Progress = log,
                Warnings = log,
                CancellationToken = cancellation.Token,
                TemporaryFolder = Hosting.TemporaryFolder(host),
            });
            foreach (var model in models(trained))
                log.Report(model);
            return trained;
        }
        catch (OperationCanceledException exception)
        {
            Hosting.ThrowIfCanceled(host);
            throw Errors.Marked(host, new OperationCanceledException(exception.Message, exception, context.CancellationToken));
        }
        catch (Exception exception) when (exception == log.ListenerException)
        {
            throw;
        }
        catch (ArgumentException exception) when (!rows.WasOpened)
        {
            throw exception.ParamName == nameof(TrainingContext.InitialModel)
                ? Errors.Argument(host, "initial", exception.Message)
                : Errors.Option(host, exception.ParamName ?? nameof(VaeEmbeddingEstimator.Options.Model), exception.Message);
        }
        catch (ArgumentException exception)
        {
            throw Errors.Data(host, exception, $"{exception.Message} Input: {rows.ColumnNames}.");
        }
        catch (Exception exception) when (exception is InvalidOperationException or IOException or InvalidDataException or FormatException)
        {
            Errors.Marked(host, exception);
            throw;
        }
    }
}
