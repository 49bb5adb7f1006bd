using System.Text.Json;

namespace Vae.Persistence;

/// <summary>Writes a <see cref="VaeModel"/>; <see cref="ModelReader"/> describes the format.</summary>
internal static class ModelWriter
{
    public static void Write(VaeModel model, Stream stream)
    {
        var header = new ModelHeader
        {
            WrittenBy = ModelReader.LibraryVersion,
            Layout = LayoutHeader.Of(model.Layout),
            Options = OptionsJson.Write(model.Options),
            History = HistoryHeader.Of(model.History),
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
        HistoryColumns.Write(model.History.Epochs, writer);
        TensorData.Write(model.Parameters, writer);
    }
}
