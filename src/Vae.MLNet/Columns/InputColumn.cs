using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Vae.MLNet.Internals;

namespace Vae.MLNet.Columns;

/// <summary>A column that a VAE reads, and the slots of a row that it fills.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="Kind">Its type.</param>
/// <param name="SlotCount">The number of slots.</param>
/// <param name="Role">Whether the slots are modelled.</param>
internal sealed record InputColumn(string Name, InputColumnKind Kind, int SlotCount, InputColumnRole Role)
{
    /// <summary>What ML.NET's errors say is expected of a column.</summary>
    public const string ExpectedTypes =
        "Vector of Single with known size, Single, Boolean, or key of known cardinality; integers of at most 16 bits may stand for Single";

    /// <summary>A key with more values than this is an identifier rather than a category.</summary>
    public const int LargestKey = 1 << 16;

    /// <summary>Whether a column of a type can be read.</summary>
    public static bool IsReadable(DataViewType type) => type switch
    {
        VectorDataViewType vector => vector.IsKnownSize && IsNumber(vector.ItemType),
        KeyDataViewType key => key.Count <= LargestKey,
        _ => type is BooleanDataViewType || IsNumber(type),
    };

    /// <summary>Finds and checks a column.</summary>
    public static InputColumn Find(IExceptionContext errors, DataViewSchema schema, string parameter, string name, InputColumnRole role)
    {
        var column = schema.GetColumnOrNull(name) ?? throw Errors.MissingColumn(errors, parameter, Word(role), name);
        return column.Type switch
        {
            VectorDataViewType { IsKnownSize: true } vector when IsNumber(vector.ItemType) =>
                new(name, InputColumnKind.Vector, vector.Size, role),
            NumberDataViewType number when IsNumber(number) => new(name, InputColumnKind.Single, 1, role),
            BooleanDataViewType => new(name, InputColumnKind.Boolean, 1, role),
            KeyDataViewType { Count: <= LargestKey } key => new(name, InputColumnKind.Key, (int)key.Count, role),
            KeyDataViewType => throw Wrong(string.Create(CultureInfo.InvariantCulture, $"key of known cardinality, at most {LargestKey}")),
            _ => throw Wrong(ExpectedTypes),
        };

        Exception Wrong(string expected)
        {
            var item = (column.Type as VectorDataViewType)?.ItemType ?? column.Type;
            return Errors.WrongType(errors, parameter, Word(role), name, expected, Describe(column.Type) + Remedy(item));
        }
    }

    /// <summary>Checks a column of which only the shape is known.</summary>
    public static void Check(IExceptionContext errors, SchemaShape shape, string parameter, string name, InputColumnRole role)
    {
        var column = shape.FirstOrDefault(candidate => candidate.Name == name);
        if (column.Name is null) throw Errors.MissingColumn(errors, parameter, Word(role), name);
        bool scalar = column.Kind == SchemaShape.Column.VectorKind.Scalar;
        bool number = !column.IsKey && IsNumber(column.ItemType);
        bool accepted = scalar
            ? number || column.IsKey || column.ItemType is BooleanDataViewType
            : number && column.Kind == SchemaShape.Column.VectorKind.Vector;
        if (accepted) return;
        string actual = column.IsKey ? Describe(column) : Describe(column) + Remedy(column.ItemType);
        throw Errors.WrongType(errors, parameter, Word(role), name, ExpectedTypes, actual);
    }

    /// <summary>Finds the column in another schema, where it must be the same.</summary>
    public DataViewSchema.Column Bind(IExceptionContext errors, DataViewSchema schema, string parameter)
    {
        var found = Find(errors, schema, parameter, Name, Role);
        return found == this
            ? schema[Name]
            : throw Errors.WrongType(errors, parameter, Word(Role), Name, ToString(), Describe(schema[Name].Type));
    }

    /// <summary>The places of columns in another schema, where they must be the same.</summary>
    public static int[] Bind(IExceptionContext errors, DataViewSchema schema, IEnumerable<InputColumn> columns) =>
        [.. columns.Select(column => column.Bind(errors, schema, "inputSchema").Index)];

    /// <summary>A type in ML.NET's words.</summary>
    public static string Describe(DataViewType type) => type.ToString() ?? type.RawType.Name;

    /// <summary>The type of a column of which only the shape is known.</summary>
    public static string Describe(SchemaShape.Column column)
    {
        string item = column.IsKey ? $"Key<{Describe(column.ItemType)}>" : Describe(column.ItemType);
        return column.Kind switch
        {
            SchemaShape.Column.VectorKind.Vector => $"Vector<{item}>",
            SchemaShape.Column.VectorKind.VariableVector => $"VarVector<{item}>",
            _ => item,
        };
    }

    /// <summary>The names of the columns that have a role.</summary>
    public static string[] Names(IEnumerable<InputColumn> columns, InputColumnRole role) =>
        [.. columns.Where(column => column.Role == role).Select(column => column.Name)];

    /// <summary>The role in ML.NET's words.</summary>
    public static string Word(InputColumnRole role) => role == InputColumnRole.Condition ? "condition" : "input";

    /// <inheritdoc/>
    public override string ToString() => Kind switch
    {
        InputColumnKind.Vector => string.Create(CultureInfo.InvariantCulture, $"Vector<Single, {SlotCount}>"),
        InputColumnKind.Key => string.Create(CultureInfo.InvariantCulture, $"key of {SlotCount} values"),
        _ => Kind.ToString(),
    };

    /// <summary>Whether every number of a type is a Single too.</summary>
    private static bool IsNumber(DataViewType type) => type == NumberDataViewType.Single
        || type == NumberDataViewType.SByte || type == NumberDataViewType.Byte
        || type == NumberDataViewType.Int16 || type == NumberDataViewType.UInt16;

    /// <summary>What makes a column readable whose values have the wrong type.</summary>
    private static string Remedy(DataViewType item) => item switch
    {
        TextDataViewType => " (Categorical.OneHotEncoding or Conversion.MapValueToKey makes categories of it)",
        NumberDataViewType or BooleanDataViewType when !IsNumber(item) => " (Conversion.ConvertType makes Single of it)",
        _ => "",
    };
}

/// <summary>The types of columns that a VAE reads. The numbers are part of the file format.</summary>
internal enum InputColumnKind : byte
{
    /// <summary>A vector of Single, or of small integers, of known size, dense or sparse.</summary>
    Vector = 0,

    /// <summary>Single, or a small integer.</summary>
    Single = 1,

    /// <summary>Boolean.</summary>
    Boolean = 2,

    /// <summary>A key of known cardinality: one slot per value.</summary>
    Key = 3,
}

/// <summary>What a column is read for. The numbers are part of the file format.</summary>
internal enum InputColumnRole : byte
{
    /// <summary>Its slots are modelled: encoded, and reconstructed.</summary>
    Modelled = 0,

    /// <summary>Its slots are given to encoder and decoder, and never reconstructed.</summary>
    Condition = 1,
}
