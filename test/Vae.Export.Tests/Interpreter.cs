using Vae.Data;
using Vae.Options;

namespace Vae.Export.Tests;

/// <summary>Walks over a scoring graph for one row, in double precision and as plainly as it can be said.</summary>
internal sealed class Interpreter(float[] row)
{
    private readonly Dictionary<ScoringNode, double[]> _values = [];

    public double[] this[ScoringNode node]
    {
        get
        {
            if (!_values.TryGetValue(node, out double[]? values)) _values.Add(node, values = Compute(node));
            return values;
        }
    }

    private double[] Compute(ScoringNode node)
    {
        switch (node)
        {
            case SlotsNode slots:
                return [.. row.Skip(slots.Start).Take(slots.Width).Select(value => (double)value)];
            case StandardizedNode standardized:
                return [.. this[standardized.Source].Select((value, slot) => Math.Clamp(
                    (value - standardized.Means[slot]) * standardized.Reciprocals[slot],
                    -Standardization.Farthest, Standardization.Farthest))];
            case LinesNode lines:
                return Each(lines.Source, x =>
                {
                    var line = lines.Lines[lines.Thresholds.Count(threshold => threshold <= x)];
                    return line.Base + (x - line.Origin) * line.Slope;
                });
            case SliceNode slice:
                return this[slice.Source][slice.Start..(slice.Start + slice.Width)];
            case TestNode { Test: ScoringTest.IsObserved } test:
                return Each(test.Source, value => double.IsNaN(value) ? 0 : 1);
            case TestNode test:
                return Each(test.Source, value => value > 0 ? 1 : 0);
            case KeptNode kept:
                double[] mask = this[kept.Mask];
                return [.. this[kept.Source].Select((value, slot) => mask[mask.Length == 1 ? 0 : slot] == 1 ? value : 0)];
            case DenseNode dense:
                double[] inputs = this[dense.Source];
                return [.. dense.Bias.Select((bias, unit) =>
                    bias + inputs.Select((x, i) => x * dense.Weights[i * dense.Width + unit]).Sum())];
            case ActivationNode activation:
                return Each(activation.Source, x => Of(activation.Activation, x));
            case FunctionNode function:
                return Each(function.Source, x => Of(function.Function, x));
            case AffineNode affine:
                double[] source = this[affine.Source];
                return [.. affine.Factors.Select((factor, i) => source[source.Length == 1 ? 0 : i] * factor + affine.Shifts[i])];
            case ClampNode clamp:
                return Each(clamp.Source, x => Math.Clamp(x, clamp.Low, clamp.High));
            case ArithmeticNode arithmetic:
                return [.. this[arithmetic.Left].Zip(this[arithmetic.Right], (x, y) => arithmetic.Operation switch
                {
                    ScoringArithmetic.Add => x + y,
                    ScoringArithmetic.Subtract => x - y,
                    _ => x * y,
                })];
            case ReductionNode { Reduction: ScoringReduction.Sum } sum:
                return [this[sum.Source].Sum()];
            case ReductionNode reduction:
                return [LogSumExp(this[reduction.Source])];
            case SoftmaxNode softmax:
                return Each(softmax.Source, x => Math.Exp(x - LogSumExp(this[softmax.Source])));
            case ConcatenationNode concatenation:
                return [.. concatenation.Sources.SelectMany(part => this[part])];
            default:
                throw new NotSupportedException(node.GetType().Name);
        }
    }

    private double[] Each(ScoringNode source, Converter<double, double> function) => Array.ConvertAll(this[source], function);

    private static double LogSumExp(double[] values) => values.Max() + Math.Log(values.Sum(value => Math.Exp(value - values.Max())));

    private static double Of(ScoringFunction function, double x) => function switch
    {
        ScoringFunction.Abs => Math.Abs(x),
        ScoringFunction.Exp => Math.Exp(x),
        ScoringFunction.Sigmoid => 1 / (1 + Math.Exp(-x)),
        _ => Of(Activation.Softplus, x),
    };

    private static double Of(Activation activation, double x) => activation switch
    {
        Activation.ReLU => Math.Max(x, 0),
        Activation.LeakyReLU => x > 0 ? x : 0.01 * x,
        Activation.ELU => x > 0 ? x : Math.Exp(x) - 1,
        Activation.GELU => x * NormalDistribution(x),
        Activation.Tanh => Math.Tanh(x),
        Activation.Softplus => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x))),
        _ => x,
    };

    /// <summary>Φ(x) by its power series, which is exact enough within ±6.</summary>
    private static double NormalDistribution(double x)
    {
        if (Math.Abs(x) > 6) return x > 0 ? 1 : 0;
        double term = x;
        double sum = x;
        for (int n = 1; n < 120; n++)
        {
            term *= x * x / (2 * n + 1);
            sum += term;
        }

        return 0.5 + sum * Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);
    }
}
