using System.Text.Json;
using Vae.Persistence;
using Vae.Training.Engines;

namespace Vae.Training.Checkpoints;

/// <summary>Writes checkpoints; <see cref="CheckpointReader"/> describes the format.</summary>
internal static class CheckpointWriter
{
    public static void Write(Stream stream, Fingerprint fingerprint, TrainingState state, EngineState engine)
    {
        var header = new CheckpointHeader
        {
            WrittenBy = LibraryVersion.Current,
            Fingerprint = fingerprint,
            BestEpoch = state.BestEpoch,
            Metrics = new MetricsHeader(state.Epochs.Count, HistoryColumns.Names),
            BestLoss = state.BestLoss,
            StoppedEarly = state.StoppedEarly,
            Step = state.Step,
            OptimizerSteps = engine.OptimizerSteps,
            RandomState = engine.RandomState,
        };
        CheckpointReader.Container.Write(
            stream, JsonSerializer.SerializeToUtf8Bytes(header, CheckpointJson.Strict.CheckpointHeader), CheckpointReader.DataLength(header, state.Best.Shape),
            writer =>
            {
                HistoryColumns.Write(state.Epochs, writer);
                TensorData.Write(state.Best, writer);
                TensorData.Write(engine.Parameters, writer);
                TensorData.Write(engine.FirstMoments, writer);
                TensorData.Write(engine.SecondMoments, writer);
            });
    }
}
