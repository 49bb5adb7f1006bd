using MathNet.Numerics.Distributions;
using MathNet.Numerics.LinearAlgebra;
using Vae.Data;
using Vae.Options;
using Vae.Synthesis;
using Vae.Training;
using Vae.Training.Managed;

namespace Vae.Evaluation.Studies;

/// <summary>A way to make as many synthetic rows as there are training rows.</summary>
/// <param name="Name">What tables call it.</param>
/// <param name="Draw">Makes rows of training rows, which come as a table and one behind the other, and a seed.</param>
internal sealed record NewRowsMethod(string Name, Func<MatrixRows, float[], int, float[]> Draw)
{
    private static readonly List<(float[] Rows, VaeOptions Options, VaeModel Model)> Trained = [];

    /// <summary>The methods that the study compares.</summary>
    public static NewRowsMethod[] All { get; } =
    [
        new("independent columns", Independent),
        new("Gaussian copula", Copula),
        Vae("VAE, for synthesis", VaeOptions.ForSynthesis),
        Vae("… independent noise", VaeOptions.ForSynthesis, new SynthesisOptions { DependentNoise = false }),
        Vae("… from N(0, I)", VaeOptions.ForSynthesis, new SynthesisOptions { Latents = LatentSource.Prior }),
        Vae("… marginals not matched", VaeOptions.ForSynthesis, new SynthesisOptions { MatchMarginals = false }),
        Vae("VAE, defaults", new VaeOptions { InitialWeights = InitialWeightsKind.Random }),
    ];

    public static NewRowsMethod Vae(string name, VaeOptions options, SynthesisOptions? synthesis = null)
    {
        return new NewRowsMethod(name, Draw);

        float[] Draw(MatrixRows rows, float[] values, int seed)
        {
            var model = Train(rows, values, options with { Seed = seed });
            var drawn = new float[values.Length];
            model.Synthesize((synthesis ?? new SynthesisOptions()) with { Seed = seed }).Draw(0, drawn);
            return drawn;
        }
    }

    /// <summary>Trains, unless another method has trained the same.</summary>
    private static VaeModel Train(MatrixRows rows, float[] values, VaeOptions options)
    {
        var known = Trained.Find(trained => trained.Options == options && trained.Rows.SequenceEqual(values)).Model;
        if (known is not null) return known;
        var model = new ManagedTrainer().Train(rows, options, new TrainingContext { ThreadCount = 1 });
        Trained.Add((values, options, model));
        return model;
    }

    /// <summary>Each feature of another row.</summary>
    private static float[] Independent(MatrixRows rows, float[] values, int seed)
    {
        var random = new Random(seed);
        var drawn = new float[values.Length];
        for (int first = 0; first < values.Length; first += rows.Layout.RowWidth)
        {
            foreach (var feature in rows.Layout.Features)
            {
                var row = values.AsSpan(random.Next(rows.Count) * rows.Layout.RowWidth, rows.Layout.RowWidth);
                row[feature.Start..feature.End].CopyTo(drawn.AsSpan(first + feature.Start));
            }
        }

        return drawn;
    }

    /// <summary>
    /// Normal scores of ranks, categories ordered by their share and missing values last, ties in random order; their correlations; and
    /// the values of the training rows at the ranks of the drawn scores.
    /// </summary>
    private static float[] Copula(MatrixRows rows, float[] values, int seed)
    {
        var (layout, random, n) = (rows.Layout, new Random(seed), rows.Count);
        var orders = layout.Features.Select(Order).ToArray();
        var scores = Matrix<double>.Build.Dense(n, orders.Length);
        for (int feature = 0; feature < orders.Length; feature++)
        {
            for (int rank = 0; rank < n; rank++)
                scores[orders[feature][rank], feature] = Normal.InvCDF(0, 1, (rank + 0.5) / n);
        }

        var covariance = scores.TransposeThisAndMultiply(scores) / n + Matrix<double>.Build.DenseIdentity(orders.Length) * 1e-6;
        var factor = covariance.Cholesky().Factor;
        var drawn = new float[values.Length];
        for (int row = 0; row < n; row++)
        {
            var latent = factor * Vector<double>.Build.Dense(orders.Length, _ => Normal.Sample(random, 0, 1));
            for (int i = 0; i < orders.Length; i++)
            {
                var feature = layout.Features[i];
                int source = orders[i][Math.Min(n - 1, (int)(Normal.CDF(0, 1, latent[i]) * n))];
                values.AsSpan(source * layout.RowWidth + feature.Start, feature.Length)
                    .CopyTo(drawn.AsSpan(row * layout.RowWidth + feature.Start));
            }
        }

        return drawn;

        int[] Order(Feature feature)
        {
            var keys = Enumerable.Range(0, n)
                .Select(row => Key(values.AsSpan(row * layout.RowWidth + feature.Start, feature.Length))).ToArray();
            var shares = keys.GroupBy(key => key).ToDictionary(group => group.Key, group => group.Count());
            return [.. Enumerable.Range(0, n).OrderByDescending(row => feature.Kind == FeatureKind.OneHot ? shares[keys[row]] : 0)
                .ThenBy(row => keys[row]).ThenBy(_ => random.Next())];
        }

        static float Key(ReadOnlySpan<float> slots) => slots.Length == 1
            ? float.IsNaN(slots[0]) ? float.PositiveInfinity : slots[0]
            : slots.IndexOf(1f);
    }
}
