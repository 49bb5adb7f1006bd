using System.Runtime.InteropServices;
using Microsoft.ML.Runtime;
using Vae.Detection;
using Vae.Explanation;
using Vae.MLNet.Columns;

namespace Vae.MLNet.Persistence;

/// <summary>What makes the transformer of a detector, and what a model keeps of it.</summary>
/// <param name="Detector">The trained detector.</param>
/// <param name="Inputs">All columns that are read, in the order of their slots in a row: the conditions come last.</param>
/// <param name="Outputs">The names of the columns that are appended, by <see cref="DetectionColumnKind"/>.</param>
/// <param name="ReasonCount">The number of reasons, if there is a column of them.</param>
internal sealed record DetectorContent(VaeDetector Detector, InputColumn[] Inputs, string[] Outputs, int ReasonCount);

/// <summary>How the transformer of a detector is written after ML.NET's header, which carries the version.</summary>
internal static class DetectorFormat
{
    private const string What = "VAE detector";
    private const int MostParts = 1 << 16;
    private const int NamesAlwaysWritten = (int)DetectionColumnKind.PredictedLabel + 1;

    // *** Binary format ***
    // a checked block (see CheckedBlock):
    //   int32: number of models, at least 1
    //   double: false alarm rate, in (0, 1)
    //   string, three times: the names of the columns of scores, p-values and predicted labels
    //   the columns that are read (see InputColumnFormat)
    //   for each model:
    //     int32: n, then n times int32: training rows by category (KnownCategories.Counts)
    //     int32: n, then n times single: the calibration scores in ascending order
    //   only if there is a column of reasons:
    //     string: its name
    //     int32: number of reasons, from 1 to OutputColumn.MostReasons
    // the models, each in its own format (VaeModel.Save), which has a checksum of its own

    /// <summary>Writes a transformer.</summary>
    public static void Write(DetectorContent transformer, BinaryWriter writer)
    {
        var detector = transformer.Detector;
        CheckedBlock.Write(writer, block =>
        {
            block.Write(detector.Parts.Count);
            block.Write(detector.FalseAlarmRate);
            foreach (string name in transformer.Outputs.Take(NamesAlwaysWritten))
                block.Write(name);
            InputColumnFormat.Write(transformer.Inputs, block);
            foreach (var part in detector.Parts)
            {
                Write(block, part.Known.Counts);
                Write(block, part.Calibration.Scores);
            }

            if (transformer.Outputs.Length == NamesAlwaysWritten) return;
            block.Write(transformer.Outputs[^1]);
            block.Write(transformer.ReasonCount);
        });
        foreach (var part in detector.Parts)
            part.Model.Save(writer.BaseStream);
    }

    /// <summary>Reads a transformer.</summary>
    /// <exception cref="FormatException">The bytes are truncated, corrupt or of a newer version.</exception>
    public static DetectorContent Read(IHost host, BinaryReader reader) => CheckedBlock.Read(host, What, reader, block =>
    {
        int count = block.ReadInt32();
        block.Require(count is > 0 and <= MostParts);
        var models = new List<VaeModel>();
        for (int i = 0; i < count; i++)
            models.Add(VaeModel.Load(reader.BaseStream));
        double falseAlarmRate = block.ReadDouble();
        block.Require(falseAlarmRate is > 0 and < 1);
        string[] outputs = [block.ReadString(), block.ReadString(), block.ReadString()];
        var inputs = InputColumnFormat.Read(block, models[0].Layout);
        DetectorPart[] parts = [.. models.Select(model => ReadPart(block, model, models[0]))];
        int reasons = RowDescription.DefaultReasons;
        if (block.Rest > 0)
        {
            outputs = [.. outputs, block.ReadString()];
            reasons = block.ReadInt32();
        }

        block.Require(reasons is > 0 and <= OutputColumn.MostReasons);
        block.Require(outputs.All(name => name.Length > 0) && outputs.Distinct().Count() == outputs.Length);
        return new DetectorContent(new VaeDetector(falseAlarmRate, parts), inputs, outputs, reasons);
    });

    private static DetectorPart ReadPart(BlockReader block, VaeModel model, VaeModel first)
    {
        block.Require(model.Layout.Equals(first.Layout));
        int[] counts = ReadArray<int>(block);
        block.Require(counts.Length == KnownCategories.CountsLength(model.Layout) && counts.All(count => count >= 0));
        float[] scores = ReadArray<float>(block);
        block.Require(scores.Length > 0 && scores.All(float.IsFinite));
        block.Require(scores.Zip(scores.Skip(1)).All(pair => pair.First <= pair.Second));
        return new DetectorPart(model, new KnownCategories(model.Layout, counts), new ConformalCalibration(scores));
    }

    private static void Write<T>(BinaryWriter block, ReadOnlySpan<T> values)
        where T : struct
    {
        block.Write(values.Length);
        block.Write(MemoryMarshal.AsBytes(values));
    }

    private static T[] ReadArray<T>(BlockReader block)
        where T : struct
    {
        int length = block.ReadInt32();
        block.Require(length >= 0 && (long)length * Marshal.SizeOf<T>() <= block.Rest);
        var values = new T[length];
        block.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }
}
