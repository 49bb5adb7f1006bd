using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Vae.MLNet.Columns;
using Vae.MLNet.Internals;

namespace Vae.MLNet.Rows;

/// <summary>Reads all input columns of a cursor's current row.</summary>
internal sealed class RowReader
{
    private readonly IExceptionContext _errors;
    private readonly (SlotReader Read, int Start, int Length)[] _columns;
    private readonly ValueGetter<VBuffer<float>>? _onlyVector;
    private readonly string _firstName;
    private VBuffer<float> _buffer;

    public RowReader(IExceptionContext errors, DataViewRow row, IReadOnlyList<InputColumn> inputs)
    {
        _errors = errors;
        _firstName = inputs[0].Name;
        if (inputs is [{ Kind: InputColumnKind.Vector }]) _onlyVector = row.GetGetter<VBuffer<float>>(row.Schema[_firstName]);
        _columns = new (SlotReader, int, int)[inputs.Count];
        int start = 0;
        for (int i = 0; i < _columns.Length; i++)
        {
            _columns[i] = (Open(row, inputs[i]), start, inputs[i].SlotCount);
            start += inputs[i].SlotCount;
        }
    }

    /// <summary>Reads the current row. Allocates nothing.</summary>
    public void Read(Span<float> slots)
    {
        foreach (var (read, start, length) in _columns)
            read(slots.Slice(start, length));
    }

    /// <summary>Reads the current row, and copies it only if it is not in one piece already.</summary>
    /// <param name="slots">Memory for the row.</param>
    /// <returns>The row, until the next one is read.</returns>
    public ReadOnlySpan<float> ReadInPlace(Span<float> slots)
    {
        if (_onlyVector is null)
        {
            Read(slots);
            return slots;
        }

        _onlyVector(ref _buffer);
        CheckLength(_firstName, _buffer.Length, slots.Length);
        if (_buffer.IsDense) return _buffer.GetValues();
        _buffer.CopyTo(slots);
        return slots;
    }

    private SlotReader Open(DataViewRow row, InputColumn input)
    {
        var column = row.Schema[input.Name];
        return input.Kind switch
        {
            InputColumnKind.Vector => OpenVector(row.GetGetter<VBuffer<float>>(column), input),
            InputColumnKind.Single => OpenSingle(row.GetGetter<float>(column)),
            InputColumnKind.Boolean => OpenBoolean(row.GetGetter<bool>(column)),
            _ => OpenKey(row, column),
        };
    }

    private SlotReader OpenVector(ValueGetter<VBuffer<float>> get, InputColumn input)
    {
        var buffer = default(VBuffer<float>);
        return slots =>
        {
            get(ref buffer);
            CheckLength(input.Name, buffer.Length, slots.Length);
            buffer.CopyTo(slots);
        };
    }

    private void CheckLength(string column, int length, int expected)
    {
        if (length == expected) return;
        throw Errors.Data(_errors, $"Column '{column}' has {length} slots in a row, where its type says {expected}.");
    }

    private static SlotReader OpenSingle(ValueGetter<float> get) => slots => get(ref slots[0]);

    private static SlotReader OpenBoolean(ValueGetter<bool> get) => slots =>
    {
        bool value = false;
        get(ref value);
        slots[0] = value ? 1 : 0;
    };

    private static SlotReader OpenKey(DataViewRow row, DataViewSchema.Column column)
    {
        var type = column.Type.RawType;
        if (type == typeof(byte)) return OpenKey(row.GetGetter<byte>(column), value => value);
        if (type == typeof(ushort)) return OpenKey(row.GetGetter<ushort>(column), value => value);
        if (type == typeof(uint)) return OpenKey(row.GetGetter<uint>(column), value => value);
        return OpenKey(row.GetGetter<ulong>(column), value => value);
    }

    private static SlotReader OpenKey<T>(ValueGetter<T> get, Func<T, ulong> number)
        where T : struct => slots =>
    {
        T value = default;
        get(ref value);
        slots.Clear();
        ulong key = number(value);
        if (key > 0 && key <= (ulong)slots.Length) slots[(int)key - 1] = 1;
    };

    /// <summary>Reads a column of the current row into its slots; NaN, or all zeros for a key, is missing.</summary>
    /// <param name="slots">The column's slots of the row.</param>
    private delegate void SlotReader(Span<float> slots);
}
