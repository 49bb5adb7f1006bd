using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Vae.Imputation;
using Vae.MLNet.Columns;

namespace Vae.MLNet.Rows;

/// <summary>The columns that an imputer fills. Nothing is allocated per row.</summary>
internal sealed class ImputationGetters : RowGetters
{
    private static readonly MethodInfo GetGetter = typeof(DataViewRow).GetMethod(nameof(DataViewRow.GetGetter))!;

    private readonly DataViewRow _input;
    private readonly RowImputer _imputer;
    private readonly int? _draw;
    private readonly float[] _filled;
    private readonly float[] _probabilities;

    /// <param name="errors">Whose exceptions.</param>
    /// <param name="input">The cursor.</param>
    /// <param name="inputs">The columns to read.</param>
    /// <param name="imputer">The imputer that the rows go through.</param>
    /// <param name="draw">The number of the draw that fills gaps; null for points.</param>
    public ImputationGetters(
        IExceptionContext errors, DataViewRow input, IReadOnlyList<InputColumn> inputs, VaeImputer imputer, int? draw)
        : base(errors, input, inputs, imputer.Layout.RowWidth)
    {
        _input = input;
        _imputer = imputer.CreateRowImputer();
        _draw = draw;
        _filled = new float[imputer.Layout.RowWidth];
        _probabilities = new float[imputer.Layout.SlotCount];
    }

    /// <summary>The getter of a column.</summary>
    public Delegate Get(FilledColumn output)
    {
        if (output.IsProbabilities) return GetVector(_probabilities, output);
        var column = _input.Schema[output.Input.Name];
        var type = column.Type;
        return output.Input.Kind switch
        {
            InputColumnKind.Key when type.RawType == typeof(byte) => GetKey(output, value => (byte)value),
            InputColumnKind.Key when type.RawType == typeof(ushort) => GetKey(output, value => (ushort)value),
            InputColumnKind.Key when type.RawType == typeof(uint) => GetKey(output, value => value),
            InputColumnKind.Key => GetKey(output, value => (ulong)value),
            InputColumnKind.Vector when type.RawType == typeof(VBuffer<float>) => GetVector(_filled, output),
            InputColumnKind.Single when type == NumberDataViewType.Single => GetSingle(output),

            // Yes/no values and integers have no missing value.
            _ => (Delegate)GetGetter.MakeGenericMethod(type.RawType).Invoke(_input, [column])!,
        };
    }

    /// <inheritdoc/>
    protected override void Compute(ReadOnlySpan<float> row, long number)
    {
        if (_draw is not { } draw)
        {
            _imputer.Fill(row, number, _filled, _probabilities);
            return;
        }

        _imputer.Draw(row, number, draw, _filled);
        _filled.AsSpan(0, _probabilities.Length).CopyTo(_probabilities);
    }

    private ValueGetter<float> GetSingle(FilledColumn output) => (ref float value) =>
    {
        Update();
        value = _filled[output.Start];
    };

    private ValueGetter<VBuffer<float>> GetVector(float[] values, FilledColumn output) => (ref VBuffer<float> value) =>
    {
        Update();
        var editor = VBufferEditor.Create(ref value, output.Input.SlotCount);
        values.AsSpan(output.Start, output.Input.SlotCount).CopyTo(editor.Values);
        value = editor.Commit();
    };

    private ValueGetter<T> GetKey<T>(FilledColumn output, Func<uint, T> convert)
        where T : struct => (ref T value) =>
    {
        Update();
        value = convert((uint)_filled.AsSpan(output.Start, output.Input.SlotCount).IndexOf(1f) + 1);
    };
}
