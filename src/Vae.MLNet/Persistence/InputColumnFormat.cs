using Vae.Data;
using Vae.MLNet.Columns;

namespace Vae.MLNet.Persistence;

/// <summary>How the columns that a transformer reads are written.</summary>
internal static class InputColumnFormat
{
    private const int LargestRow = 1 << 24;

    // *** Binary format ***
    // int32: number of columns that are read, at least 1
    // for each column, conditions last:
    //   string: name
    //   byte: kind (InputColumnKind)
    //   int32: number of slots, at least 1
    //   byte: role (InputColumnRole)

    /// <summary>Writes columns.</summary>
    public static void Write(InputColumn[] inputs, BinaryWriter block)
    {
        block.Write(inputs.Length);
        foreach (var input in inputs)
        {
            block.Write(input.Name);
            block.Write((byte)input.Kind);
            block.Write(input.SlotCount);
            block.Write((byte)input.Role);
        }
    }

    /// <summary>Reads columns, which must fill the rows of a layout.</summary>
    public static InputColumn[] Read(BlockReader block, FeatureLayout layout)
    {
        int count = block.ReadInt32();
        block.Require(count > 0 && count <= layout.RowWidth);
        var inputs = new InputColumn[count];
        for (int i = 0; i < count; i++)
            inputs[i] = ReadColumn(block);

        var modelled = inputs.TakeWhile(input => input.Role == InputColumnRole.Modelled).ToArray();
        var conditions = inputs[modelled.Length..];
        block.Require(Array.TrueForAll(conditions, input => input.Role == InputColumnRole.Condition));
        block.Require(CountSlots(modelled) == layout.SlotCount && CountSlots(conditions) == layout.ConditionSlotCount);
        return inputs;
    }

    private static InputColumn ReadColumn(BlockReader block)
    {
        var column = new InputColumn(
            block.ReadString(), (InputColumnKind)block.ReadByte(), block.ReadInt32(), (InputColumnRole)block.ReadByte());
        block.Require(column.Name.Length > 0 && Enum.IsDefined(column.Kind) && Enum.IsDefined(column.Role));
        block.Require(column.SlotCount is > 0 and <= LargestRow);
        return column;
    }

    private static long CountSlots(InputColumn[] columns) => columns.Sum(column => (long)column.SlotCount);
}
