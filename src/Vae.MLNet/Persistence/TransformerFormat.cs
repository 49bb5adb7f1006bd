using System.Security.Cryptography;
using System.Text;
using Microsoft.ML.Runtime;
using Vae.MLNet.Columns;
using Vae.MLNet.Internals;
using Vae.Persistence;

namespace Vae.MLNet.Persistence;

/// <summary>What makes a transformer, and what a model keeps of it.</summary>
/// <param name="Model">The trained model.</param>
/// <param name="Inputs">All columns that are read, in the order of their slots in a row: the conditions come last.</param>
/// <param name="OutputColumnName">The name of the embedding's column, and the beginning of the other columns' names.</param>
/// <param name="AdditionalColumns">The columns besides the embedding and its log-variance.</param>
internal sealed record TransformerContent(
    VaeModel Model, InputColumn[] Inputs, string OutputColumnName, OutputColumnKinds AdditionalColumns);

/// <summary>How a transformer is written after ML.NET's header, which carries the version.</summary>
internal static class TransformerFormat
{
    private const int LargestBlock = 1 << 24;
    private const int LargestRow = 1 << 24;

    // *** Binary format ***
    // int32: n, the length of the next block in bytes
    // the block:
    //   string: output column name
    //   int32: additional columns (OutputColumnKinds)
    //   int32: number of columns that are read, at least 1
    //   for each column, conditions last:
    //     string: name
    //     byte: kind (InputColumnKind)
    //     int32: number of slots, at least 1
    //     byte: role (InputColumnRole)
    // byte[32]: SHA-256 of the block
    // the model, in its own format (VaeModel.Save), which has a checksum of its own
    // Strings are UTF-8 behind their length as BinaryWriter writes it; numbers are little-endian.

    /// <summary>Writes a transformer.</summary>
    public static void Write(TransformerContent transformer, BinaryWriter writer)
    {
        using var memory = new MemoryStream();
        using (var block = new BinaryWriter(memory, Encoding.UTF8, leaveOpen: true))
        {
            block.Write(transformer.OutputColumnName);
            block.Write((int)transformer.AdditionalColumns);
            block.Write(transformer.Inputs.Length);
            foreach (var input in transformer.Inputs)
            {
                block.Write(input.Name);
                block.Write((byte)input.Kind);
                block.Write(input.SlotCount);
                block.Write((byte)input.Role);
            }
        }

        byte[] bytes = memory.ToArray();
        writer.Write(bytes.Length);
        writer.Write(bytes);
        writer.Write(SHA256.HashData(bytes));
        writer.Flush();
        transformer.Model.Save(writer.BaseStream);
    }

    /// <summary>Reads a transformer.</summary>
    /// <exception cref="FormatException">The bytes are truncated, corrupt or of a newer version.</exception>
    public static TransformerContent Read(IHost host, BinaryReader reader)
    {
        try
        {
            int length = reader.ReadInt32();
            Require(host, length is > 0 and <= LargestBlock);
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            byte[] bytes = UntrustedBytes.Read(reader.BaseStream, length, hash);
            byte[] actual = hash.GetHashAndReset();
            byte[] expected = UntrustedBytes.Read(reader.BaseStream, actual.Length, hash);
            Require(host, bytes.Length == length && actual.AsSpan().SequenceEqual(expected));
            return Read(host, bytes, VaeModel.Load(reader.BaseStream));
        }
        catch (Exception exception) when (
            exception is InvalidDataException or EndOfStreamException || (exception is FormatException && exception.Data.Count == 0))
        {
            throw Errors.Format(host, exception, exception.Message);
        }
    }

    private static TransformerContent Read(IHost host, byte[] bytes, VaeModel model)
    {
        using var block = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
        string output = ReadString(host, block);
        var additional = (OutputColumnKinds)block.ReadInt32();
        Require(host, output.Length > 0 && (additional & ~OutputColumnKinds.Additional) == 0);
        int count = block.ReadInt32();
        Require(host, count > 0 && count <= model.Layout.RowWidth);
        var inputs = new InputColumn[count];
        for (int i = 0; i < count; i++)
            inputs[i] = ReadColumn(host, block);

        var modelled = inputs.TakeWhile(input => input.Role == InputColumnRole.Modelled).ToArray();
        var conditions = inputs[modelled.Length..];
        Require(host, block.BaseStream.Position == bytes.Length);
        Require(host, Array.TrueForAll(conditions, input => input.Role == InputColumnRole.Condition));
        Require(host, CountSlots(modelled) == model.Layout.SlotCount && CountSlots(conditions) == model.Layout.ConditionSlotCount);
        return new TransformerContent(model, inputs, output, additional);
    }

    private static InputColumn ReadColumn(IHost host, BinaryReader block)
    {
        string name = ReadString(host, block);
        var column = new InputColumn(name, (InputColumnKind)block.ReadByte(), block.ReadInt32(), (InputColumnRole)block.ReadByte());
        Require(host, name.Length > 0 && Enum.IsDefined(column.Kind) && Enum.IsDefined(column.Role));
        Require(host, column.SlotCount is > 0 and <= LargestRow);
        return column;
    }

    /// <summary>
    /// Reads a string; one that claims a negative length is an <see cref="IOException"/> to a BinaryReader, and corrupt to us.
    /// </summary>
    private static string ReadString(IHost host, BinaryReader block)
    {
        long start = block.BaseStream.Position;
        Require(host, block.Read7BitEncodedInt() >= 0);
        block.BaseStream.Position = start;
        return block.ReadString();
    }

    private static long CountSlots(InputColumn[] columns) => columns.Sum(column => (long)column.SlotCount);

    private static void Require(IHost host, bool valid)
    {
        if (!valid) throw Errors.Format(host, "The VAE embedding in this model is corrupt.");
    }
}
