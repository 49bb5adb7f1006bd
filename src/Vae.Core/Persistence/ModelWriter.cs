using System.Text.Json;

namespace Vae.Persistence;

/// <summary>Writes a model; <see cref="ModelReader"/> describes the format.</summary>
internal static class ModelWriter
{
    public static void Write(ModelParts model, Stream stream)
    {
        var header = new ModelHeader
        {
            WrittenBy = LibraryVersion.Current,
            Layout = LayoutHeader.Of(model.Layout),
            Options = OptionsJson.Write(model.Options),
            History = HistoryHeader.Of(model.History),
            Diagnosis = model.Diagnosis,
            Axes = model.Axes.Count == 0 ? null : model.Axes,
            QuantilePoints = QuantileData.Lengths(model.Standardization),
            SlotDecimals = RangeData.Decimals(model.Layout, model.Standardization),
            Mixture = MixtureHeader.Of(model.Mixture),
            DependentSlots = model.DependentNoise is null ? null : model.Layout.SlotCount,
            Profile = ProfileHeader.Of(model.Profile),
            Tensors = TensorHeader.Of(model.Parameters.Shape),
        };
        var bytes = JsonSerializer.SerializeToUtf8Bytes(header, HeaderJson.Default.ModelHeader);
        ModelReader.Container.Write(stream, bytes, ModelReader.DataLength(header), writer => WriteData(model, writer));
    }

    private static void WriteData(ModelParts model, DataWriter writer)
    {
        writer.Write(model.Standardization.Means);
        writer.Write(model.Standardization.Deviations);
        QuantileData.Write(model.Standardization, writer);
        RangeData.Write(model.Standardization, writer);
        MixtureHeader.Write(model.Mixture, writer);
        if (model.DependentNoise is { } noise) writer.Write(noise.Factor);
        ProfileHeader.Write(model.Profile, writer);
        HistoryColumns.Write(model.History.Epochs, writer);
        TensorData.Write(model.Parameters, writer);
    }
}
