using Vae.Data;
using Vae.Options;

namespace Vae.Export;

/// <summary>
/// A step of the scoring graph: some numbers for each row, computed of those of other steps. A step that several others use is one object,
/// and a back end computes it once.
/// </summary>
/// <param name="width">The number of values for each row.</param>
internal abstract class ScoringNode(int width)
{
    /// <summary>The number of values for each row.</summary>
    public int Width { get; } = width;
}

/// <summary>A run of slots of the row, in original units, NaN where missing: where the graph begins.</summary>
internal sealed class SlotsNode(FeatureKind kind, int start, int length) : ScoringNode(length)
{
    /// <summary>What the slots hold. A one-hot run is one group.</summary>
    public FeatureKind Kind { get; } = kind;

    /// <summary>The first slot.</summary>
    public int Start { get; } = start;

    /// <summary>The names of the columns that the slots come from: one for each, or one for a one-hot group.</summary>
    public IEnumerable<string> ColumnsIn(FeatureLayout layout) => Kind == FeatureKind.OneHot
        ? [layout.GetGroup(Start).Name]
        : Enumerable.Range(Start, Width).Select(layout.GetSlotName);
}

/// <summary>(x − mean)·reciprocal of each slot, held within ±<see cref="Standardization.Farthest"/>; NaN stays NaN.</summary>
internal sealed class StandardizedNode(ScoringNode source, double[] means, double[] reciprocals) : ScoringNode(source.Width)
{
    public ScoringNode Source { get; } = source;

    public double[] Means { get; } = means;

    public double[] Reciprocals { get; } = reciprocals;
}

/// <summary>
/// Straight lines, one after the other: base + (x − origin)·slope of line i, i being the number of thresholds that are not above x. NaN
/// stays NaN.
/// </summary>
/// <param name="source">x, of width 1.</param>
/// <param name="thresholds">Where lines end and the next begin, in rising order.</param>
/// <param name="lines">One line more than there are thresholds.</param>
internal sealed class LinesNode(ScoringNode source, double[] thresholds, ScoringLine[] lines) : ScoringNode(1)
{
    public ScoringNode Source { get; } = source;

    public double[] Thresholds { get; } = thresholds;

    public ScoringLine[] Lines { get; } = lines;
}

/// <summary>A straight line through (<paramref name="Origin"/>, <paramref name="Base"/>).</summary>
internal readonly record struct ScoringLine(double Origin, double Base, double Slope);

/// <summary>Some neighbouring values of another step.</summary>
internal sealed class SliceNode(ScoringNode source, int start, int length) : ScoringNode(length)
{
    public ScoringNode Source { get; } = source;

    public int Start { get; } = start;
}

/// <summary>1 where a value passes a test, else 0.</summary>
internal sealed class TestNode(ScoringTest test, ScoringNode source) : ScoringNode(source.Width)
{
    public ScoringTest Test { get; } = test;

    public ScoringNode Source { get; } = source;
}

/// <summary>Tests of a value.</summary>
internal enum ScoringTest
{
    /// <summary>It is not NaN.</summary>
    IsObserved,

    /// <summary>It is above 0, and not NaN.</summary>
    IsPositive,
}

/// <summary>The values of one step where another is 1, and 0 where that is 0, whatever stands there. The mask may be of width 1.</summary>
internal sealed class KeptNode(ScoringNode source, ScoringNode mask) : ScoringNode(source.Width)
{
    public ScoringNode Source { get; } = source;

    public ScoringNode Mask { get; } = mask;
}

/// <summary>x·W + b.</summary>
/// <param name="source">x.</param>
/// <param name="weights">W [inputs × outputs], row behind row.</param>
/// <param name="bias">b [outputs].</param>
internal sealed class DenseNode(ScoringNode source, float[] weights, float[] bias) : ScoringNode(bias.Length)
{
    public ScoringNode Source { get; } = source;

    public float[] Weights { get; } = weights;

    public float[] Bias { get; } = bias;
}

/// <summary>f(x), value by value.</summary>
internal sealed class ActivationNode(Activation activation, ScoringNode source) : ScoringNode(source.Width)
{
    public Activation Activation { get; } = activation;

    public ScoringNode Source { get; } = source;
}

/// <summary>A function of each value.</summary>
internal sealed class FunctionNode(ScoringFunction function, ScoringNode source) : ScoringNode(source.Width)
{
    public ScoringFunction Function { get; } = function;

    public ScoringNode Source { get; } = source;
}

/// <summary>Functions of a value.</summary>
internal enum ScoringFunction
{
    /// <summary>|x|.</summary>
    Abs,

    /// <summary>eˣ.</summary>
    Exp,

    /// <summary>1/(1 + e⁻ˣ).</summary>
    Sigmoid,

    /// <summary>log(1 + eˣ).</summary>
    Softplus,
}

/// <summary>x·factor + shift with numbers for each value; a source of width 1 is spread over all of them.</summary>
internal sealed class AffineNode(ScoringNode source, double[] factors, double[] shifts) : ScoringNode(factors.Length)
{
    public ScoringNode Source { get; } = source;

    public double[] Factors { get; } = factors;

    public double[] Shifts { get; } = shifts;
}

/// <summary>x held within two bounds.</summary>
internal sealed class ClampNode(ScoringNode source, double low, double high) : ScoringNode(source.Width)
{
    public ScoringNode Source { get; } = source;

    public double Low { get; } = low;

    public double High { get; } = high;
}

/// <summary>x + y, x − y or x·y, value by value.</summary>
internal sealed class ArithmeticNode(ScoringArithmetic operation, ScoringNode left, ScoringNode right) : ScoringNode(left.Width)
{
    public ScoringArithmetic Operation { get; } = operation;

    public ScoringNode Left { get; } = left;

    public ScoringNode Right { get; } = right;
}

/// <summary>What is done with two values.</summary>
internal enum ScoringArithmetic
{
    /// <summary>x + y.</summary>
    Add,

    /// <summary>x − y.</summary>
    Subtract,

    /// <summary>x·y.</summary>
    Multiply,
}

/// <summary>One number of all values of a row.</summary>
internal sealed class ReductionNode(ScoringReduction reduction, ScoringNode source) : ScoringNode(1)
{
    public ScoringReduction Reduction { get; } = reduction;

    public ScoringNode Source { get; } = source;
}

/// <summary>What becomes one number.</summary>
internal enum ScoringReduction
{
    /// <summary>Σx.</summary>
    Sum,

    /// <summary>log Σeˣ, without overflow.</summary>
    LogSumExp,
}

/// <summary>eˣ/Σeˣ, without overflow.</summary>
internal sealed class SoftmaxNode(ScoringNode source) : ScoringNode(source.Width)
{
    public ScoringNode Source { get; } = source;
}

/// <summary>Several steps, one behind the other.</summary>
internal sealed class ConcatenationNode(IReadOnlyList<ScoringNode> sources) : ScoringNode(sources.Sum(source => source.Width))
{
    public IReadOnlyList<ScoringNode> Sources { get; } = sources;

    /// <summary>One step of several, which is the only one where there are no others.</summary>
    public static ScoringNode Of(IReadOnlyList<ScoringNode> sources) => sources.Count == 1 ? sources[0] : new ConcatenationNode(sources);
}
