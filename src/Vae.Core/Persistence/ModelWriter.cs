using System.Text.Json;
using Vae.Networks;

namespace Vae.Persistence;

/// <summary>Writes a <see cref="VaeModel"/>; <see cref="ModelReader"/> describes the format.</summary>
internal static class ModelWriter
{
    public static void Write(VaeModel model, Stream stream)
    {
        var history = model.History;
        var header = new ModelHeader
        {
            WrittenBy = ModelReader.LibraryVersion,
            Layout = LayoutHeader.Of(model.Layout),
            Options = OptionsJson.Write(model.Options),
            History = new HistoryHeader
            {
                BestEpoch = history.BestEpoch,
                StoppedEarly = history.StoppedEarly,
                TrainingRows = history.TrainingRows,
                ValidationRows = history.ValidationRows,
                Trainer = history.Trainer,
                Epochs = history.Epochs.Count,
                Columns = HistoryColumns.Names,
            },
            Diagnosis = model.Diagnosis,
            Tensors = TensorHeader.Of(model.Parameters.Shape),
        };
        ModelReader.Container.Write(
            stream, JsonSerializer.SerializeToUtf8Bytes(header, HeaderJson.Default.ModelHeader), ModelReader.DataLength(header), writer => WriteData(model, writer));
    }

    private static void WriteData(VaeModel model, DataWriter writer)
    {
        writer.Write(model.Standardization.Means);
        writer.Write(model.Standardization.Deviations);
        foreach (var metrics in model.History.Epochs)
            HistoryColumns.Write(metrics, writer);
        WriteTensors(model.Parameters.Weights, writer);
        WriteTensors(model.Parameters.Buffers, writer);
    }

    private static void WriteTensors(TensorSet tensors, DataWriter writer)
    {
        foreach (var tensor in tensors.Layout.Tensors)
        {
            for (int row = 0; row < tensor.Rows; row++)
                writer.Write(tensors.Row(tensor.Name, row));
        }
    }
}
