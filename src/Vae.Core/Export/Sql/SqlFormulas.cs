using System.Globalization;
using Vae.Data;
using Vae.Options;

namespace Vae.Export.Sql;

/// <summary>The values of steps as SQL expressions over columns of the query before.</summary>
internal sealed class SqlFormulas(SqlPlan plan, SqlSyntax syntax, FeatureLayout layout)
{
    private const string WeightFormat = "G7";

    private readonly Dictionary<ScoringNode, int> _numbers = [];

    /// <summary>The names of the columns of a step, of which a one-hot group of the table has only one.</summary>
    public IEnumerable<string> ColumnsOf(ScoringNode node) => node is SlotsNode { Kind: FeatureKind.OneHot }
        ? [Column(node, 0)]
        : Enumerable.Range(0, node.Width).Select(index => Column(node, index));

    /// <summary>A value of a step: a column, or an expression.</summary>
    public string Value(ScoringNode node, int index) =>
        plan.IsColumn(node) && node is not SlotsNode { Kind: FeatureKind.OneHot } ? Column(node, index) : Formula(node, index);

    /// <summary>How a value of a step is computed.</summary>
    public string Formula(ScoringNode node, int index) => node switch
    {
        SlotsNode slots => $"CASE WHEN {Column(slots, 0)} = {Category(slots, index)} THEN 1 ELSE 0 END",
        StandardizedNode node1 => syntax.Clamp(
            $"({Value(node1.Source, index)} - {SqlSyntax.Number(node1.Means[index])}) * {SqlSyntax.Number(node1.Reciprocals[index])}",
            -Standardization.Farthest, Standardization.Farthest),
        LinesNode lines => Line(lines, Value(lines.Source, 0), 0, lines.Lines.Length),
        SliceNode slice => Value(slice.Source, slice.Start + index),
        TestNode => $"CASE WHEN {Condition(node, index)} THEN 1 ELSE 0 END",
        KeptNode { Source: SlotsNode { Kind: FeatureKind.OneHot } slots } => Value(slots, index),
        KeptNode kept => $"CASE WHEN {Condition(kept.Mask, index)} THEN {Value(kept.Source, index)} ELSE 0 END",
        DenseNode dense => Dense(dense, index),
        ActivationNode activation => Activate(activation.Activation, Value(activation.Source, index)),
        FunctionNode function => Apply(function.Function, Value(function.Source, index)),
        AffineNode affine => Affine(affine, index),
        ClampNode clamp => syntax.Clamp(Value(clamp.Source, index), clamp.Low, clamp.High),
        ArithmeticNode arithmetic => $"({Value(arithmetic.Left, index)} {Sign(arithmetic.Operation)} {Value(arithmetic.Right, index)})",
        ReductionNode { Reduction: ScoringReduction.Sum } sum => Sum(ValuesOf(sum.Source)),
        ReductionNode reduction =>
            $"({Value(plan.Largest(reduction.Source), 0)} + LN({Sum([.. Exponentials(reduction.Source)])}))",
        SoftmaxNode softmax => $"({Exponential(softmax.Source, index)} / {Sum([.. Exponentials(softmax.Source)])})",
        LargestNode { Source.Width: 1 } largest => Value(largest.Source, 0),
        LargestNode largest => syntax.Larger(ValuesOf(largest.Source)),
        ConcatenationNode concatenation => Part(concatenation, index),
        _ => throw new NotSupportedException($"There is no SQL for {node.GetType().Name}."),
    };

    /// <summary>Whether a test is passed.</summary>
    private string Condition(ScoringNode mask, int index)
    {
        switch (mask)
        {
            case TestNode { Test: ScoringTest.IsObserved } test:
                return $"{Value(test.Source, index)} IS NOT NULL";
            case TestNode { Source: ReductionNode { Source: SlotsNode slots } }:
                return $"{Column(slots, 0)} IN ({string.Join(", ", Enumerable.Range(0, slots.Width).Select(i => Category(slots, i)))})";
            case AffineNode spread:
                return Condition(spread.Source, 0);
            case ConcatenationNode concatenation:
                var (part, at) = Find(concatenation, index);
                return Condition(part, at);
            default:
                throw new NotSupportedException($"There is no SQL for {mask.GetType().Name} as a condition.");
        }
    }

    /// <summary>Halves the lines until one is left, so that 1,024 of them take ten comparisons.</summary>
    private static string Line(LinesNode node, string x, int first, int end)
    {
        if (end - first == 1)
        {
            var line = node.Lines[first];
            string start = SqlSyntax.Number(line.Base);
            return line.Slope == 0 ? start : $"{start} + ({x} - {SqlSyntax.Number(line.Origin)}) * {SqlSyntax.Number(line.Slope)}";
        }

        int middle = (first + end) / 2;
        return $"CASE WHEN {x} < {SqlSyntax.Number(node.Thresholds[middle - 1])} THEN {Line(node, x, first, middle)} "
            + $"ELSE {Line(node, x, middle, end)} END";
    }

    private string Dense(DenseNode dense, int unit)
    {
        var terms = new List<string> { SqlSyntax.Number(dense.Bias[unit], WeightFormat) };
        for (int input = 0; input < dense.Source.Width; input++)
        {
            float weight = dense.Weights[input * dense.Width + unit];
            if (weight != 0) terms.Add($"{Value(dense.Source, input)} * {SqlSyntax.Number(weight, WeightFormat)}");
        }

        return Sum(terms);
    }

    private string Activate(Activation activation, string x) => activation switch
    {
        Activation.ReLU => syntax.Larger(x, "0"),
        Activation.LeakyReLU => $"CASE WHEN {x} > 0 THEN {x} ELSE {x} * 1E-2 END",
        Activation.ELU => $"CASE WHEN {x} > 0 THEN {x} ELSE {syntax.Exp(x)} - 1 END",
        Activation.Tanh => $"1 - 2 / ({syntax.Exp($"2 * {x}")} + 1)",
        Activation.Softplus => Apply(ScoringFunction.Softplus, x),
        Activation.GELU => Gelu(x),
        _ => throw new NotSupportedException($"There is no SQL for the activation {activation}."),
    };

    private string Apply(ScoringFunction function, string x) => function switch
    {
        ScoringFunction.Abs => $"ABS({x})",
        ScoringFunction.Exp => syntax.Exp(x),
        ScoringFunction.Sigmoid => $"1 / (1 + {syntax.Exp($"-({x})")})",
        _ => $"{syntax.Larger(x, "0")} + LN(1 + {syntax.Exp($"-ABS({x})")})",
    };

    /// <summary>
    /// x·Φ(x) by the tail 1 − Φ(|x|) = φ(x)·(b₁t + … + b₅t⁵) with t = 1/(1 + 0.2316419·|x|), which is exact to 7.5·10⁻⁸ (Abramowitz &amp;
    /// Stegun 26.2.17): most databases have no error function.
    /// </summary>
    private string Gelu(string x)
    {
        string t = $"(1 / (1 + 2.316419E-1 * ABS({x})))";
        string polynomial = "1.330274429E0";
        foreach (string coefficient in (string[])["-1.821255978E0", "1.781477937E0", "-3.56563782E-1", "3.1938153E-1"])
            polynomial = $"({coefficient} + {t} * {polynomial})";
        string tail = $"{t} * {polynomial} * 3.989422804E-1 * {syntax.Exp($"-{x} * {x} * 5E-1")}";
        return $"{syntax.Larger(x, "0")} - ABS({x}) * {tail}";
    }

    private string Affine(AffineNode affine, int index)
    {
        double factor = affine.Factors[index];
        double shift = affine.Shifts[index];
        if (factor == 0) return SqlSyntax.Number(shift);
        string value = Value(affine.Source, affine.Source.Width == 1 ? 0 : index);
        if (factor != 1) value = $"{value} * {SqlSyntax.Number(factor)}";
        return shift == 0 ? $"({value})" : $"({value} + {SqlSyntax.Number(shift)})";
    }

    private string Part(ConcatenationNode concatenation, int index)
    {
        var (part, at) = Find(concatenation, index);
        return Value(part, at);
    }

    private static (ScoringNode Part, int Index) Find(ConcatenationNode concatenation, int index)
    {
        foreach (var part in concatenation.Sources)
        {
            if (index < part.Width) return (part, index);
            index -= part.Width;
        }

        throw new ArgumentOutOfRangeException(nameof(index));
    }

    private IEnumerable<string> Exponentials(ScoringNode source) =>
        Enumerable.Range(0, source.Width).Select(index => Exponential(source, index));

    private string Exponential(ScoringNode source, int index) =>
        syntax.Exp($"{Value(source, index)} - {Value(plan.Largest(source), 0)}");

    private List<string> ValuesOf(ScoringNode node) => [.. Enumerable.Range(0, node.Width).Select(index => Value(node, index))];

    /// <summary>A sum that is only as deep as it must be: SQLite takes expressions of depth 1,000.</summary>
    private static string Sum(List<string> terms)
    {
        const int flat = 16;
        if (terms.Count <= flat) return $"({string.Join(" + ", terms)})";
        int half = terms.Count / 2;
        return $"({Sum(terms[..half])} + {Sum(terms[half..])})";
    }

    private string Category(SlotsNode slots, int index)
    {
        var group = layout.GetGroup(slots.Start);
        string prefix = group.Name + ".";
        bool qualified = group.SlotNames.All(name => name.StartsWith(prefix, StringComparison.Ordinal));
        return syntax.Literal(qualified ? group.SlotNames[index][prefix.Length..] : group.SlotNames[index]);
    }

    private string Column(ScoringNode node, int index)
    {
        if (!_numbers.TryGetValue(node, out int number)) _numbers.Add(node, number = _numbers.Count);
        return string.Create(CultureInfo.InvariantCulture, $"v{number}_{index}");
    }

    private static string Sign(ScoringArithmetic operation) => operation switch
    {
        ScoringArithmetic.Add => "+",
        ScoringArithmetic.Subtract => "-",
        _ => "*",
    };
}
