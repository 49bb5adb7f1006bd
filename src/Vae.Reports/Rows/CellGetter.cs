using System.Globalization;
using System.Numerics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Vae.Reports.Rows;

/// <summary>Reads the values of a column as cells: numbers as numbers; text, booleans and keys by what they are called.</summary>
internal static class CellGetter
{
    private const string KeyNames = "KeyValues";

    /// <summary>What the cells of a column are.</summary>
    /// <exception cref="ArgumentException">The column has a type that has no place in a cell.</exception>
    public static CellColumn Describe(DataViewSchema.Column column) => column.Type switch
    {
        NumberDataViewType => new CellColumn(column.Name, IsNumber: true),
        TextDataViewType or BooleanDataViewType or KeyDataViewType => new CellColumn(column.Name, IsNumber: false),
        _ => throw new ArgumentException(
            $"Column '{column.Name}' is {column.Type}; a report shows columns of text, numbers, booleans and keys."),
    };

    /// <summary>What gives the cell of a cursor's current row.</summary>
    public static Func<Cell> Open(DataViewRow row, DataViewSchema.Column column) => column.Type switch
    {
        TextDataViewType => Open<ReadOnlyMemory<char>>(row, column, text => Cell.Of(text.ToString())),
        BooleanDataViewType => Open<bool>(row, column, value => Cell.Of(value ? "true" : "false")),
        KeyDataViewType key => OpenKey(row, column, key),
        var type => OpenNumber(row, column, type.RawType),
    };

    private static Func<Cell> Open<T>(DataViewRow row, DataViewSchema.Column column, Func<T, Cell> convert)
    {
        var get = row.GetGetter<T>(column);
        T value = default!;
        return () =>
        {
            get(ref value);
            return convert(value);
        };
    }

    private static Func<Cell> OpenNumber(DataViewRow row, DataViewSchema.Column column, Type type) =>
        type == typeof(float) ? Number<float>(row, column)
        : type == typeof(double) ? Number<double>(row, column)
        : type == typeof(sbyte) ? Number<sbyte>(row, column)
        : type == typeof(byte) ? Number<byte>(row, column)
        : type == typeof(short) ? Number<short>(row, column)
        : type == typeof(ushort) ? Number<ushort>(row, column)
        : type == typeof(int) ? Number<int>(row, column)
        : type == typeof(uint) ? Number<uint>(row, column)
        : type == typeof(long) ? Number<long>(row, column)
        : Number<ulong>(row, column);

    private static Func<Cell> Number<T>(DataViewRow row, DataViewSchema.Column column)
        where T : INumber<T> => Open<T>(row, column, value => Cell.Of(double.CreateTruncating(value)));

    private static Func<Cell> OpenKey(DataViewRow row, DataViewSchema.Column column, KeyDataViewType key)
    {
        string[] names = Names(column);
        return key.RawType == typeof(byte) ? Open<byte>(row, column, value => Name(value))
            : key.RawType == typeof(ushort) ? Open<ushort>(row, column, value => Name(value))
            : key.RawType == typeof(uint) ? Open<uint>(row, column, value => Name(value))
            : Open<ulong>(row, column, Name);

        Cell Name(ulong value) => Cell.Of(
            value == 0 ? null : value <= (ulong)names.Length ? names[value - 1] : value.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>What the values of a key are called; empty where they have no names.</summary>
    private static string[] Names(DataViewSchema.Column column)
    {
        var type = (column.Annotations.Schema.GetColumnOrNull(KeyNames)?.Type as VectorDataViewType)?.ItemType.RawType;
        return type == typeof(ReadOnlyMemory<char>) ? Names<ReadOnlyMemory<char>>(column, text => text.ToString())
            : type == typeof(float) ? Names<float>(column, value => value.ToString(CultureInfo.InvariantCulture))
            : [];
    }

    private static string[] Names<T>(DataViewSchema.Column column, Func<T, string> convert)
    {
        var names = default(VBuffer<T>);
        column.Annotations.GetValue(KeyNames, ref names);
        return [.. names.DenseValues().Select(convert)];
    }
}
