using Vae.Data;
using Vae.Inference;
using Vae.Losses.Reconstruction;
using Vae.Persistence;

namespace Vae.Export;

/// <summary>The decoder at z = μ: what is expected of the row, and how unlikely its values are.</summary>
internal sealed class DecoderSteps
{
    /// <summary>1/s above which the square of an error in units of s may be no float any more, so that terms need a bound.</summary>
    private const float LargeReciprocal = 1e9f;

    private readonly FeatureLayout _layout;
    private readonly Standardization _standardization;
    private readonly RowSteps _row;
    private readonly RowDecoder _decoder;
    private readonly List<(Likelihood Likelihood, ScoringNode Output)> _outputs = [];

    public DecoderSteps(ModelParts parts, RowSteps row, ScoringNode latent)
    {
        _layout = parts.Layout;
        _standardization = parts.Standardization;
        _row = row;
        _decoder = new RowDecoder(parts.Layout, parts.Options, parts.Standardization, parts.Parameters);
        var shapes = parts.Parameters.Shape.Decoder;
        var layer = new InferenceLayer(shapes[^1], parts.Parameters);
        var hidden = NetworkSteps.Hidden(ConcatenationNode.Of([latent, .. row.Conditions()]), shapes, parts.Parameters);
        foreach (var likelihood in _decoder.Likelihoods)
            _outputs.Add((likelihood, NetworkSteps.Dense(hidden, layer, likelihood.Start, likelihood.Length)));
    }

    /// <summary>The expected row in original units.</summary>
    public ScoringNode Reconstruction() => ConcatenationNode.Of([.. _outputs.Select(output => Expect(output.Likelihood, output.Output))]);

    /// <summary>The reconstruction term of each modelled slot, 0 where it is missing.</summary>
    public ScoringNode CellScores() => ConcatenationNode.Of([.. _outputs.Select(output => Terms(output.Likelihood, output.Output))]);

    private ScoringNode Expect(Likelihood likelihood, ScoringNode output)
    {
        if (likelihood is CategoricalLikelihood) return new SoftmaxNode(output);
        if (likelihood is BernoulliLikelihood) return new FunctionNode(ScoringFunction.Sigmoid, output);
        return new ClampNode(Undo(likelihood.Start, output), float.MinValue, float.MaxValue);
    }

    /// <summary>Standardized values in original units.</summary>
    private ScoringNode Undo(int start, ScoringNode values)
    {
        var slots = new Range(start, start + values.Width);
        if (_standardization.Maps.Length == 0)
            return new AffineNode(values, _standardization.Deviations[slots], _standardization.Means[slots]);
        return ConcatenationNode.Of([.. Enumerable.Range(0, values.Width).Select(i => Undo(start + i, values, i))]);
    }

    private ScoringNode Undo(int slot, ScoringNode values, int index)
    {
        var value = new SliceNode(values, index, 1);
        return _standardization.MapOf(slot) is { } map
            ? QuantileSteps.Value(value, map)
            : new AffineNode(value, [_standardization.Deviations[slot]], [_standardization.Means[slot]]);
    }

    private KeptNode Terms(Likelihood likelihood, ScoringNode output)
    {
        var (start, length) = (likelihood.Start, likelihood.Length);
        var target = _row.Prepared(start, length);
        ScoringNode terms = likelihood switch
        {
            CategoricalLikelihood => CategoricalTerms(output, target),
            BernoulliLikelihood => new ArithmeticNode(
                ScoringArithmetic.Subtract, new FunctionNode(ScoringFunction.Softplus, output),
                new ArithmeticNode(ScoringArithmetic.Multiply, output, target)),
            LogCoshLikelihood => LogCoshTerms(Deviation(start, output, target), start),
            GaussianLikelihood => GaussianTerms(Deviation(start, output, target), start),
            _ => throw new NotSupportedException($"There is no formula for {likelihood.GetType().Name}, so scores cannot be exported."),
        };
        if (_decoder.Noise.Reciprocals.AsSpan(start, length).ContainsAnyExceptInRange(0, LargeReciprocal))
            terms = new ClampNode(terms, float.MinValue, float.MaxValue / (2 * _layout.SlotCount));
        return new KeptNode(terms, _row.Observed(start, length));
    }

    /// <summary>logsumexp(a) − Σ a·x in the first slot and 0 in the others.</summary>
    private static AffineNode CategoricalTerms(ScoringNode output, ScoringNode target)
    {
        var chosen = new ReductionNode(ScoringReduction.Sum, new ArithmeticNode(ScoringArithmetic.Multiply, output, target));
        var term = new ArithmeticNode(ScoringArithmetic.Subtract, new ReductionNode(ScoringReduction.LogSumExp, output), chosen);
        var first = new double[output.Width];
        first[0] = 1;
        return new AffineNode(term, first, new double[output.Width]);
    }

    /// <summary>(x̂ − x)/s.</summary>
    private AffineNode Deviation(int start, ScoringNode output, ScoringNode target) => new(
        new ArithmeticNode(ScoringArithmetic.Subtract, output, target),
        [.. _decoder.Noise.Reciprocals.AsSpan(start, output.Width).ToArray().Select(value => (double)value)], new double[output.Width]);

    private AffineNode GaussianTerms(ScoringNode deviation, int start) =>
        new(new ArithmeticNode(ScoringArithmetic.Multiply, deviation, deviation),
            Constant(0.5, deviation.Width), PlusLogScales(GaussianLikelihood.HalfLogTwoPi, start, deviation.Width));

    /// <summary>(t + softplus(−2t) − log 2)/c with t = c·|deviation|.</summary>
    private AffineNode LogCoshTerms(ScoringNode deviation, int start)
    {
        int width = deviation.Width;
        var zero = new double[width];
        var magnitude = new AffineNode(new FunctionNode(ScoringFunction.Abs, deviation), Constant(LogCoshLikelihood.C, width), zero);
        var rest = new FunctionNode(ScoringFunction.Softplus, new AffineNode(magnitude, Constant(-2, width), zero));
        return new AffineNode(
            new ArithmeticNode(ScoringArithmetic.Add, magnitude, rest), Constant(1 / LogCoshLikelihood.C, width),
            PlusLogScales(LogCoshLikelihood.LogNormalizer - Math.Log(2) / LogCoshLikelihood.C, start, width));
    }

    private double[] PlusLogScales(double constant, int start, int length) =>
        [.. _decoder.Noise.Logs.AsSpan(start, length).ToArray().Select(log => constant + log)];

    private static double[] Constant(double value, int width) => [.. Enumerable.Repeat(value, width)];
}
