using Microsoft.ML;
using Microsoft.ML.Runtime;
using Vae.Detection;
using Vae.MLNet.Columns;

namespace Vae.MLNet.Rows;

/// <summary>The output columns of a detector. Nothing is allocated per row but for reasons.</summary>
internal sealed class DetectionGetters : RowGetters
{
    private readonly VaeDetector _detector;
    private readonly float[] _scratch;
    private readonly ReadOnlyMemory<char>[] _reasons;
    private RowDetection _detection;

    /// <param name="errors">Whose exceptions.</param>
    /// <param name="input">The cursor.</param>
    /// <param name="inputs">The columns to read.</param>
    /// <param name="detector">The detector that the rows go through.</param>
    /// <param name="reasonCount">The number of reasons, or 0 if their column is not read.</param>
    public DetectionGetters(
        IExceptionContext errors, DataViewRow input, IReadOnlyList<InputColumn> inputs, VaeDetector detector, int reasonCount)
        : base(errors, input, inputs, detector.Layout.RowWidth)
    {
        _detector = detector;
        _scratch = new float[detector.ScratchLength];
        _reasons = new ReadOnlyMemory<char>[reasonCount];
    }

    /// <summary>The getter of a column.</summary>
    public Delegate Get(DetectionColumnKind kind) => kind switch
    {
        DetectionColumnKind.Score => Getter(detection => detection.Score),
        DetectionColumnKind.PValue => Getter(detection => detection.PValue),
        DetectionColumnKind.Reasons => VectorGetter(_reasons),
        _ => Getter(detection => detection.IsAnomaly),
    };

    /// <inheritdoc/>
    protected override void Compute(ReadOnlySpan<float> row, long number)
    {
        _detection = _detector.Detect(row, number, _scratch);
        if (_reasons.Length > 0) FillReasons(_reasons, _detector.Reasons(row.ToArray(), number, _reasons.Length));
    }

    private ValueGetter<T> Getter<T>(Func<RowDetection, T> select) => (ref T value) =>
    {
        Update();
        value = select(_detection);
    };
}
