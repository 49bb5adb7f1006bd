using System.Globalization;
using System.Numerics;
using System.Numerics.Tensors;
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
        var first = row.Schema[_firstName];
        if (inputs.Count == 1 && first.Type.RawType == typeof(VBuffer<float>)) _onlyVector = row.GetGetter<VBuffer<float>>(first);
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
        Scatter(_firstName, _buffer, slots);
        return slots;
    }

    private SlotReader Open(DataViewRow row, InputColumn input)
    {
        var column = row.Schema[input.Name];
        return input.Kind switch
        {
            InputColumnKind.Boolean => OpenBoolean(row.GetGetter<bool>(column)),
            InputColumnKind.Key => OpenKey(row, column),
            _ => OpenNumbers(row, column),
        };
    }

    private SlotReader OpenNumbers(DataViewRow row, DataViewSchema.Column column)
    {
        var type = ((column.Type as VectorDataViewType)?.ItemType ?? column.Type).RawType;
        if (type == typeof(sbyte)) return OpenNumbers<sbyte>(row, column);
        if (type == typeof(byte)) return OpenNumbers<byte>(row, column);
        if (type == typeof(short)) return OpenNumbers<short>(row, column);
        if (type == typeof(ushort)) return OpenNumbers<ushort>(row, column);
        return OpenNumbers<float>(row, column);
    }

    private SlotReader OpenNumbers<T>(DataViewRow row, DataViewSchema.Column column)
        where T : struct, INumber<T> => column.Type is VectorDataViewType
            ? OpenVector(row.GetGetter<VBuffer<T>>(column), column.Name)
            : OpenNumber(row.GetGetter<T>(column));

    private static SlotReader OpenNumber<T>(ValueGetter<T> get)
        where T : struct, INumber<T> => slots =>
    {
        T value = default;
        get(ref value);
        slots[0] = float.CreateTruncating(value);
    };

    private SlotReader OpenVector<T>(ValueGetter<VBuffer<T>> get, string name)
        where T : struct, INumber<T>
    {
        var buffer = default(VBuffer<T>);
        return slots =>
        {
            get(ref buffer);
            CheckLength(name, buffer.Length, slots.Length);
            if (buffer.IsDense)
                TensorPrimitives.ConvertTruncating(buffer.GetValues(), slots);
            else
                Scatter(name, buffer, slots);
        };
    }

    /// <summary>ML.NET does not check the indices of a sparse vector that somebody else has made.</summary>
    private void Scatter<T>(string column, in VBuffer<T> buffer, Span<float> slots)
        where T : struct, INumber<T>
    {
        slots.Clear();
        var values = buffer.GetValues();
        var indices = buffer.GetIndices();
        int last = -1;
        for (int i = 0; i < indices.Length; i++)
        {
            int index = indices[i];
            if (index <= last || index >= slots.Length)
            {
                string expected = string.Create(CultureInfo.InvariantCulture, $"{last + 1} to {slots.Length - 1}");
                throw Errors.Data(_errors, $"Column '{column}' has index {index} in a sparse row, where the next must be {expected}.");
            }

            slots[index] = float.CreateTruncating(values[i]);
            last = index;
        }
    }

    private void CheckLength(string column, int length, int expected)
    {
        if (length == expected) return;
        throw Errors.Data(_errors, $"Column '{column}' has {length} slots in a row, where its type says {expected}.");
    }

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
