using Microsoft.ML.Runtime;
using Vae.Data;
using Vae.Imputation;
using Vae.MLNet.Columns;

namespace Vae.MLNet.Persistence;

/// <summary>What makes the transformer of an imputer, and what a model keeps of it.</summary>
/// <param name="Imputer">The trained imputer.</param>
/// <param name="Inputs">All columns that are read, in the order of their slots in a row: the conditions come last.</param>
/// <param name="Outputs">The names of the filled columns, in the order of the input columns.</param>
/// <param name="Probabilities">Whether the probabilities of categories are appended.</param>
internal sealed record ImputerContent(VaeImputer Imputer, InputColumn[] Inputs, string[] Outputs, bool Probabilities);

/// <summary>How the transformer of an imputer is written after ML.NET's header, which carries the version.</summary>
internal static class ImputerFormat
{
    private const string What = "VAE imputer";

    // *** Binary format ***
    // a checked block (see CheckedBlock):
    //   int32: number of models, 1 to 100
    //   int32: number of samples, 1 to 10,000
    //   byte: what fills a number (NumberImputation)
    //   byte: 1 if probabilities are appended, otherwise 0
    //   the columns that are read (see InputColumnFormat)
    //   string for each modelled column: the name of the filled column
    //   for each model:
    //     byte: what of its noise follows (NoiseKind)
    //     the variances of its n numbers (n doubles); or the covariance of its d slots up to the diagonal, row by row (d·(d + 1)/2 doubles)
    //   unless means are not shrunk (or an earlier version wrote the block): n doubles, slopes, and n doubles, centres (see MeanShrinkage)
    // the models, each in its own format (VaeModel.Save), which has a checksum of its own; the first has the options of all

    private enum NoiseKind : byte
    {
        /// <summary>Covariance of the numbers.</summary>
        Numbers,

        /// <summary>Variances.</summary>
        Independent,

        /// <summary>Covariance of the numbers and of the slots of categories and yes/no values behind them.</summary>
        NumbersAndCategories,
    }

    /// <summary>Writes a transformer.</summary>
    public static void Write(ImputerContent transformer, BinaryWriter writer)
    {
        var imputer = transformer.Imputer;
        CheckedBlock.Write(writer, block =>
        {
            block.Write(imputer.Models.Count);
            block.Write(imputer.Options.Samples);
            block.Write((byte)imputer.Options.Numbers);
            block.Write(transformer.Probabilities);
            InputColumnFormat.Write(transformer.Inputs, block);
            foreach (string name in transformer.Outputs)
                block.Write(name);
            foreach (var part in imputer.Parts)
            {
                block.Write((byte)KindOf(part.Noise));
                foreach (double value in part.Noise.Entries)
                    block.Write(value);
            }

            if (imputer.Shrinkage is not { } shrinkage) return;
            foreach (double value in shrinkage.Slopes.Concat(shrinkage.Centres))
                block.Write(value);
        });
        foreach (var model in imputer.Models)
            model.Save(writer.BaseStream);
    }

    /// <summary>Reads a transformer.</summary>
    /// <exception cref="FormatException">The bytes are truncated, corrupt or of a newer version.</exception>
    public static ImputerContent Read(IHost host, BinaryReader reader) => CheckedBlock.Read(host, What, reader, block =>
    {
        int count = block.ReadInt32();
        block.Require(count is > 0 and <= ImputationOptions.MostModels);
        var models = new List<VaeModel>();
        for (int i = 0; i < count; i++)
            models.Add(VaeModel.Load(reader.BaseStream));
        block.Require(models.TrueForAll(model => model.Layout.Equals(models[0].Layout)));
        int samples = block.ReadInt32();
        block.Require(samples is > 0 and <= ImputationOptions.MostSamples);
        var numbers = (NumberImputation)block.ReadByte();
        byte probabilities = block.ReadByte();
        block.Require(Enum.IsDefined(numbers) && probabilities <= 1);
        var inputs = InputColumnFormat.Read(block, models[0].Layout);
        string[] outputs =
            [.. inputs.Where(input => input.Role == InputColumnRole.Modelled).Select(_ => block.ReadString())];
        block.Require(outputs.All(name => name.Length > 0) && outputs.Distinct().Count() == outputs.Length);
        ImputerPart[] parts = [.. models.Select(model => new ImputerPart(model, ReadNoise(block, model.Layout)))];
        var options = new ImputationOptions { Model = models[0].Options, ModelCount = count, Samples = samples, Numbers = numbers };
        var shrinkage = ReadShrinkage(block, models[0].Layout.NumericSlots.Length);
        return new ImputerContent(new VaeImputer(parts, options, shrinkage), inputs, outputs, probabilities == 1);
    });

    private static NoiseKind KindOf(NoiseCovariance noise) => noise.IsIndependent
        ? NoiseKind.Independent
        : noise.Size == noise.Numbers ? NoiseKind.Numbers : NoiseKind.NumbersAndCategories;

    private static NoiseCovariance ReadNoise(BlockReader block, FeatureLayout layout)
    {
        var kind = (NoiseKind)block.ReadByte();
        block.Require(Enum.IsDefined(kind));
        int numbers = layout.NumericSlots.Length;
        int size = kind == NoiseKind.NumbersAndCategories ? layout.SlotCount : numbers;
        block.Require(kind == NoiseKind.Independent || size <= ImputerPart.MostCorrelated);
        long length = kind == NoiseKind.Independent ? size : (long)size * (size + 1) / 2;
        block.Require(length * sizeof(double) <= block.Rest);
        double[] entries = ReadDoubles(block, length);
        block.Require(Array.TrueForAll(entries, double.IsFinite));
        return kind == NoiseKind.Independent
            ? new NoiseCovariance(size, size, entries)
            : NoiseCovariance.OfLowerTriangle(numbers, size, entries);
    }

    private static MeanShrinkage? ReadShrinkage(BlockReader block, int numbers)
    {
        if (block.Rest == 0) return null;
        block.Require(block.Rest == 2L * sizeof(double) * numbers);
        var shrinkage = MeanShrinkage.Create(ReadDoubles(block, numbers), ReadDoubles(block, numbers));
        block.Require(shrinkage is not null);
        return shrinkage;
    }

    private static double[] ReadDoubles(BlockReader block, long count)
    {
        double[] values = new double[count];
        for (int i = 0; i < values.Length; i++)
            values[i] = block.ReadDouble();
        return values;
    }
}
