using Microsoft.ML.Runtime;
using Vae.Explanation;
using Vae.MLNet.Columns;

namespace Vae.MLNet.Persistence;

/// <summary>What makes a transformer, and what a model keeps of it.</summary>
/// <param name="Model">The trained model.</param>
/// <param name="Inputs">All columns that are read, in the order of their slots in a row: the conditions come last.</param>
/// <param name="OutputColumnName">The name of the embedding's column, and the beginning of the other columns' names.</param>
/// <param name="AdditionalColumns">The columns besides the embedding and its log-variance.</param>
/// <param name="ReasonCount">The number of reasons, if there is a column of them.</param>
internal sealed record TransformerContent(
    VaeModel Model, InputColumn[] Inputs, string OutputColumnName, OutputColumnKinds AdditionalColumns, int ReasonCount);

/// <summary>How a transformer is written after ML.NET's header, which carries the version.</summary>
internal static class TransformerFormat
{
    private const string What = "VAE embedding";

    // *** Binary format ***
    // a checked block (see CheckedBlock):
    //   string: output column name
    //   int32: additional columns (OutputColumnKinds)
    //   int32, only if Reasons are among them: number of reasons, from 1 to OutputColumn.MostReasons
    //   the columns that are read (see InputColumnFormat)
    // the model, in its own format (VaeModel.Save), which has a checksum of its own

    /// <summary>Writes a transformer.</summary>
    public static void Write(TransformerContent transformer, BinaryWriter writer)
    {
        CheckedBlock.Write(writer, block =>
        {
            block.Write(transformer.OutputColumnName);
            block.Write((int)transformer.AdditionalColumns);
            if (transformer.AdditionalColumns.HasFlag(OutputColumnKinds.Reasons)) block.Write(transformer.ReasonCount);
            InputColumnFormat.Write(transformer.Inputs, block);
        });
        transformer.Model.Save(writer.BaseStream);
    }

    /// <summary>Reads a transformer.</summary>
    /// <exception cref="FormatException">The bytes are truncated, corrupt or of a newer version.</exception>
    public static TransformerContent Read(IHost host, BinaryReader reader) => CheckedBlock.Read(host, What, reader, block =>
    {
        var model = VaeModel.Load(reader.BaseStream);
        string output = block.ReadString();
        var additional = (OutputColumnKinds)block.ReadInt32();
        block.Require(output.Length > 0 && (additional & ~OutputColumnKinds.Additional) == 0);
        int reasons = additional.HasFlag(OutputColumnKinds.Reasons) ? block.ReadInt32() : RowDescription.DefaultReasons;
        block.Require(reasons is > 0 and <= OutputColumn.MostReasons);
        var inputs = InputColumnFormat.Read(block, model.Layout);
        return new TransformerContent(model, inputs, output, additional, reasons);
    });
}
