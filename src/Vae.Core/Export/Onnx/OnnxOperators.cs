using System.Numerics;
using Vae.Data;
using Vae.Options;

namespace Vae.Export.Onnx;

/// <summary>
/// Walks over a scoring graph and says it in operators of ONNX, opset 11 to 17. What is the same for every step stands here; where the
/// slots come from and where the operators go, the caller says.
/// </summary>
/// <param name="graph">Where the operators go.</param>
/// <param name="slots">The name of the tensor with a run of slots, one-hot groups as zeros and ones.</param>
internal sealed class OnnxOperators(IOnnxGraph graph, Func<SlotsNode, string> slots)
{
    /// <summary>The oldest set of operators that the graph can be said in.</summary>
    public const int OldestOperatorSet = 11;

    private const long Float = 1;
    private const long Int64 = 7;
    private const long Boolean = 9;

    private readonly Dictionary<ScoringNode, string> _names = [];
    private readonly Dictionary<ScoringNode, string> _conditions = [];
    private readonly Dictionary<float, string> _scalars = [];

    /// <summary>The name of the tensor that a step computes, after adding what it needs.</summary>
    public string Add(ScoringNode node)
    {
        if (!_names.TryGetValue(node, out string? name)) _names.Add(node, name = Translate(node));
        return name;
    }

    /// <summary>Some columns of a matrix.</summary>
    public static string Columns(IOnnxGraph graph, string matrix, int start, int length) =>
        graph.Node("Slice", [matrix, graph.Constant([start]), graph.Constant([start + length]), graph.Constant([1L])]);

    /// <summary>A column of numbers as zeros and ones: one column for each number from <paramref name="first"/> on.</summary>
    public static string OneHot(IOnnxGraph graph, string codes, int first, int count)
    {
        string categories = graph.Constant([.. Enumerable.Range(first, count).Select(code => (float)code)], 1, count);
        return ToFloat(graph, graph.Node("Equal", [codes, categories]));
    }

    /// <summary>Numbers or truth values as floats.</summary>
    public static string ToFloat(IOnnxGraph graph, string name) => graph.Node("Cast", [name], new OnnxAttribute("to", Float));

    /// <summary>Numbers as truth values.</summary>
    public static string ToBoolean(IOnnxGraph graph, string name) => graph.Node("Cast", [name], new OnnxAttribute("to", Boolean));

    /// <summary>Several matrices side by side.</summary>
    public static string Concat(IOnnxGraph graph, IReadOnlyList<string> names) =>
        names.Count == 1 ? names[0] : graph.Node("Concat", [.. names], new OnnxAttribute("axis", 1));

    private string Translate(ScoringNode node) => node switch
    {
        SlotsNode run => slots(run),
        StandardizedNode standardized => Standardize(standardized),
        LinesNode lines => Interpolate(lines),
        SliceNode slice => Columns(graph, Add(slice.Source), slice.Start, slice.Width),
        TestNode test => ToFloat(graph, Condition(test)),
        KeptNode kept => graph.Node("Where", [Condition(kept.Mask), Add(kept.Source), Scalar(0)]),
        DenseNode dense => graph.Node(
            "Gemm", [Add(dense.Source), graph.Constant(dense.Weights, dense.Source.Width, dense.Width), Row(dense.Bias)]),
        ActivationNode activation => Activate(activation.Activation, Add(activation.Source)),
        FunctionNode function => graph.Node(function.Function.ToString(), [Add(function.Source)]),
        AffineNode affine => Affine(affine),
        ClampNode clamp => Clip(Add(clamp.Source), clamp.Low, clamp.High),
        ArithmeticNode arithmetic => graph.Node(Name(arithmetic.Operation), [Add(arithmetic.Left), Add(arithmetic.Right)]),
        ReductionNode sum when sum.Reduction == ScoringReduction.Sum => Sum(sum.Source),
        ReductionNode other => graph.Node("ReduceLogSumExp", [Add(other.Source)], new OnnxAttribute("axes", 1, IsList: true)),
        SoftmaxNode softmax => graph.Node("Softmax", [Add(softmax.Source)], new OnnxAttribute("axis", 1)),
        ConcatenationNode concatenation => Concat(graph, [.. concatenation.Sources.Select(Add)]),
        _ => throw new NotSupportedException($"There are no ONNX operators for {node.GetType().Name}."),
    };

    /// <summary>A float holds a mean of 2000 ± 1 to 10⁻⁴ deviations only; two in turn hold it to the last bit that counts.</summary>
    private string Standardize(StandardizedNode node)
    {
        double[] units = [.. node.Means.Zip(node.Reciprocals, Unit)];
        var (means, rests) = Split([.. node.Means.Zip(units, (mean, unit) => mean * unit)]);
        float[] reciprocals = [.. node.Reciprocals.Zip(units, (reciprocal, unit) => (float)(reciprocal / unit))];
        string name = Add(node.Source);
        if (units.AsSpan().ContainsAnyExcept(1.0)) name = graph.Node("Mul", [name, Row(Array.ConvertAll(units, Narrow))]);
        name = graph.Node("Sub", [name, Row(means)]);
        if (rests.AsSpan().ContainsAnyExcept(0f)) name = graph.Node("Sub", [name, Row(rests)]);
        name = graph.Node("Mul", [name, Row(reciprocals)]);
        return Clip(name, -Standardization.Farthest, Standardization.Farthest);
    }

    /// <summary>The power of two by which a slot is multiplied first, where its numbers are near the ends of what a float holds.</summary>
    private static double Unit(double mean, double reciprocal)
    {
        const double far = 1e30;
        if (reciprocal > far) return Math.ScaleB(1, 64);
        return Math.Abs(mean) > far || reciprocal < 1 / far ? Math.ScaleB(1, -64) : 1;
    }

    /// <summary>
    /// Counts the thresholds that are not above x, and looks the line up by the number. The count is the sum of falling powers of two, each
    /// of which is added if the threshold there is not above x, either.
    /// </summary>
    private string Interpolate(LinesNode node)
    {
        string x = Add(node.Source);
        int size = (int)BitOperations.RoundUpToPowerOf2((uint)node.Lines.Length);
        float[] padded = new float[size - 1];
        Array.Fill(padded, float.PositiveInfinity);
        Array.ConvertAll(node.Thresholds, NotBelow).CopyTo(padded, 0);
        string thresholds = graph.Constant(padded, padded.Length);
        string? number = null;
        for (int step = size / 2; step > 0; step /= 2)
        {
            string last = graph.Constant([step - 1L]);
            string place = number is null ? last : graph.Node("Add", [number, last]);
            string below = graph.Node("Less", [x, graph.Node("Gather", [thresholds, place])]);
            string passed = graph.Node("Cast", [graph.Node("Not", [below])], new OnnxAttribute("to", Int64));
            string gain = graph.Node("Mul", [passed, graph.Constant([(long)step])]);
            number = number is null ? gain : graph.Node("Add", [number, gain]);
        }

        if (Array.TrueForAll(node.Lines, line => line.Slope == 0)) return LookUp([.. node.Lines.Select(line => Narrow(line.Base))]);
        var (origins, rests) = Split([.. node.Lines.Select(line => line.Origin)]);
        string distance = graph.Node("Sub", [graph.Node("Sub", [x, LookUp(origins)]), LookUp(rests)]);
        string rise = graph.Node("Mul", [distance, LookUp([.. node.Lines.Select(line => Narrow(line.Slope))])]);
        return graph.Node("Add", [rise, LookUp([.. node.Lines.Select(line => Narrow(line.Base))])]);

        string LookUp(float[] values)
        {
            // A NaN passes every threshold, those of the padding too.
            float[] all = [.. values, .. Enumerable.Repeat(values[^1], size - values.Length)];
            return graph.Node("Gather", [graph.Constant(all, all.Length), number!]);
        }
    }

    private string Condition(ScoringNode mask)
    {
        if (_conditions.TryGetValue(mask, out string? name)) return name;
        name = mask switch
        {
            TestNode { Test: ScoringTest.IsObserved } test => graph.Node("Not", [graph.Node("IsNaN", [Add(test.Source)])]),
            TestNode test => graph.Node("Greater", [Add(test.Source), Scalar(0)]),
            _ => graph.Node("Greater", [Add(mask), Scalar(0)]),
        };
        _conditions.Add(mask, name);
        return name;
    }

    private string Activate(Activation activation, string x) => activation switch
    {
        Activation.ReLU => graph.Node("Relu", [x]),
        Activation.LeakyReLU => graph.Node("LeakyRelu", [x]),
        Activation.ELU => graph.Node("Elu", [x]),
        Activation.Tanh => graph.Node("Tanh", [x]),
        Activation.Softplus => graph.Node("Softplus", [x]),
        Activation.GELU => Gelu(x),
        _ => throw new NotSupportedException($"There is no ONNX operator for the activation {activation}."),
    };

    /// <summary>x·½·(1 + erf(x/√2)).</summary>
    private string Gelu(string x)
    {
        string distribution = graph.Node("Erf", [graph.Node("Mul", [x, Scalar(float.Sqrt(0.5f))])]);
        return graph.Node("Mul", [graph.Node("Mul", [x, Scalar(0.5f)]), graph.Node("Add", [distribution, Scalar(1)])]);
    }

    private string Affine(AffineNode node)
    {
        string name = Add(node.Source);
        bool spreads = node.Source.Width < node.Width;
        if (spreads || node.Factors.AsSpan().ContainsAnyExcept(1.0))
            name = graph.Node("Mul", [name, Row(Array.ConvertAll(node.Factors, Narrow))]);
        if (node.Shifts.AsSpan().ContainsAnyExcept(0.0)) name = graph.Node("Add", [name, Row(Array.ConvertAll(node.Shifts, Narrow))]);
        return name;
    }

    private string Clip(string name, double low, double high) => graph.Node("Clip", [name, Scalar((float)low), Scalar((float)high)]);

    /// <summary>A product with ones: ReduceSum takes its axis in one way up to opset 12 and in another from 13 on.</summary>
    private string Sum(ScoringNode source) => graph.Node("MatMul", [Add(source), Ones(source.Width)]);

    private string Ones(int count)
    {
        float[] ones = new float[count];
        Array.Fill(ones, 1);
        return graph.Constant(ones, count, 1);
    }

    private static string Name(ScoringArithmetic operation) => operation switch
    {
        ScoringArithmetic.Add => "Add",
        ScoringArithmetic.Subtract => "Sub",
        _ => "Mul",
    };

    private string Row(float[] values) => graph.Constant(values, 1, values.Length);

    private string Scalar(float value)
    {
        if (!_scalars.TryGetValue(value, out string? name)) _scalars.Add(value, name = graph.Constant([value]));
        return name;
    }

    /// <summary>Numbers as two floats each, whose sum they are.</summary>
    private static (float[] Values, float[] Rests) Split(double[] numbers)
    {
        float[] values = Array.ConvertAll(numbers, Narrow);
        return (values, [.. numbers.Select((number, i) => (float)(number - values[i]))]);
    }

    /// <summary>The smallest float that is not below a number: a float is below both or below neither.</summary>
    private static float NotBelow(double value) => Narrow(value) < value ? float.BitIncrement(Narrow(value)) : Narrow(value);

    /// <summary>The nearest number that is finite.</summary>
    private static float Narrow(double value) => (float)Math.Clamp(value, float.MinValue, float.MaxValue);
}
