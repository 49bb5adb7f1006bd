using Vae.Data;
using Vae.Networks;
using Vae.Numerics;
using Vae.Numerics.RandomNumbers;
using Vae.Options;

namespace Vae.Tests.Reference;

/// <summary>
/// Random minibatches and weights, exactly representable in single precision so that engine and reference start from the same numbers.
/// </summary>
internal static class RandomProblem
{
    /// <summary>Draws a problem.</summary>
    /// <param name="layout">The layout of the rows.</param>
    /// <param name="options">Architecture and objective.</param>
    /// <param name="rows">The size of the minibatch.</param>
    /// <param name="missing">The probability that a value is missing.</param>
    /// <param name="weighted">Whether the rows have weights; else all weigh 1.</param>
    /// <param name="seed">What to draw from.</param>
    public static ReferenceProblem Create(
        FeatureLayout layout, VaeOptions options, int rows, double missing = 0, bool weighted = false, int seed = 1)
    {
        var random = new Random(seed);
        var parameters = new VaeParameters(new NetworkShape(layout, options));
        WeightInitialization.Initialize(parameters, 7);
        return new ReferenceProblem
        {
            Layout = layout,
            Options = options,
            Tensors = parameters.Weights.Layout.Tensors.ToDictionary(tensor => tensor.Name, tensor => Draw(tensor, random)),
            Buffers = parameters.Buffers.Layout.Tensors.ToDictionary(
                tensor => tensor.Name, tensor => Numbers(tensor.Columns, () => 0.4 + random.NextDouble())),
            Rows = [.. Enumerable.Range(0, rows).Select(_ => Row(layout, missing, random))],
            RowWeights = Numbers(rows, () => weighted ? 0.2 + 1.6 * random.NextDouble() : 1),
            Prior = EnginePrior(rows, options),
            Noise = [.. Enumerable.Range(0, rows).Select(_ => Numbers(options.LatentDimension, () => Normal(random)))],
        };
    }

    /// <summary>The sample of the prior that the engine draws in its first step.</summary>
    public static double[][] EnginePrior(int rows, VaeOptions options)
    {
        var sample = new Matrix(rows, options.LatentDimension);
        CounterRandom.FillNormal((ulong)options.Seed, RandomStreams.PriorSample, 0, sample.Block(0, rows));
        return [.. Enumerable.Range(0, rows).Select(row => Array.ConvertAll(sample.Row(row).ToArray(), value => (double)value))];
    }

    private static double[] Draw(TensorShape tensor, Random random)
    {
        double spread = tensor.Rows > 1 ? 1.5 / Math.Sqrt(tensor.Rows) : 0.3;
        double middle = tensor.Name.EndsWith(".norm.scale", StringComparison.Ordinal) ? 1 : 0;
        return Numbers(tensor.Rows * tensor.Columns, () => middle + spread * (2 * random.NextDouble() - 1));
    }

    private static double[] Row(FeatureLayout layout, double missing, Random random)
    {
        var row = new double[layout.RowWidth];
        foreach (var group in layout.AllGroups)
        {
            var values = row.AsSpan(group.Start, group.Length);
            if (group.Kind == FeatureKind.OneHot)
            {
                values[random.Next(values.Length)] = 1;
                if (random.NextDouble() < missing) values.Fill(double.NaN);
                continue;
            }

            foreach (ref double value in values)
            {
                value = group.Kind == FeatureKind.Numeric ? (float)Normal(random) : random.Next(2);
                if (random.NextDouble() < missing) value = double.NaN;
            }
        }

        return row;
    }

    private static double[] Numbers(int count, Func<double> draw) => [.. Enumerable.Range(0, count).Select(_ => (double)(float)draw())];

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
