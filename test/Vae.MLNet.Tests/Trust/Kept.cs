using System.Globalization;
using System.IO.Compression;
using Microsoft.ML;

namespace Vae.MLNet.Tests.Trust;

/// <summary>The models in Compatibility: what they are, and how the file of the next version is written.</summary>
internal static class Kept
{
    /// <summary>The rows that the outputs in Compatibility are of.</summary>
    public const int Rows = 10;

    /// <summary>Columns of every kind, one of them a condition, and every output column.</summary>
    public static VaeEmbeddingEstimator Estimator(MLContext mlContext)
    {
        var options = Quick.Options("Age", "Income", "Telephone", "Region", "Sparse");
        options.ConditionColumnNames = ["Label"];
        options.AdditionalColumns = VaeOutputColumns.All;
        options.Trainer = TrainerKind.Managed;
        return mlContext.Transforms.VaeEmbed(options);
    }

    /// <summary>The rows that outputs are computed of.</summary>
    public static IDataView Data(MLContext mlContext) => Tables.Mixed(mlContext, Rows, seed: 2);

    /// <summary>A file of a version.</summary>
    public static string PathOf(string file) => Path.Combine(AppContext.BaseDirectory, "Trust", "Compatibility", file);

    /// <summary>Writes a model of today and what it gives.</summary>
    public static void Write(string modelPath, string outputsPath)
    {
        var mlContext = new MLContext(1);
        var data = Tables.Mixed(mlContext);
        var model = Estimator(mlContext).Fit(data);
        mlContext.Model.Save(model, data.Schema, modelPath);
        File.WriteAllLines(outputsPath, model.Transform(Data(mlContext)).Everything()
            .Select(row => string.Join(' ', row.Select(value => value.ToString("R", CultureInfo.InvariantCulture)))));
    }

    /// <summary>What a model gave when it was written.</summary>
    public static float[][] Outputs(string path) => [.. File.ReadLines(path)
        .Select(line => line.Split(' ').Select(value => float.Parse(value, CultureInfo.InvariantCulture)).ToArray())];

    /// <summary>The version of the transformer in a model, as ML.NET's header has it.</summary>
    public static uint Version(string modelPath)
    {
        using var archive = ZipFile.OpenRead(modelPath);
        using var reader = new BinaryReader(archive.Entries.MaxBy(entry => entry.Length)!.Open());
        return BitConverter.ToUInt32(reader.ReadBytes(0x50), 0x48);
    }
}
