using System.Numerics.Tensors;
using Vae.Data;
using Vae.Numerics.RandomNumbers;
using Vae.Options;

namespace Vae.Imputation;

/// <summary>
/// The covariance of a model's noise by expectation maximization (Dempster, Laird &amp; Rubin 1977; for missing values of a normal
/// distribution, Little &amp; Rubin): errors at draws of z from p(z|x_obs), with the conditional mean and covariance of what is missing.
/// </summary>
internal sealed class NoiseEstimate
{
    private const int Iterations = 16;

    /// <summary>After those without categories; these are many slots, and take far more time.</summary>
    private const int IterationsWithCategories = 6;

    private const int Samples = 50;
    private const int MostRows = 2048;

    /// <summary>How many rows that say that errors are independent stand against the real ones, for each number.</summary>
    private const double IndependentRows = 0.3;

    /// <summary>
    /// How many rows without an effect stand against those of a category: an effect that only a few rows tell of is hardly believed.
    /// </summary>
    private const double RowsWithoutEffect = 10;

    /// <summary>The variance of a category's slot that nothing is known of: the largest there is.</summary>
    private const double FirstVariance = 0.25;

    /// <summary>A weight below this adds nothing that counts.</summary>
    private const double NegligibleWeight = 1e-4;

    /// <summary>Room for about 64 MB of what the decoder expects.</summary>
    private const int MostValues = 1 << 24;

    /// <summary>The least variance of a number's noise: its scale is at least a thousandth of the number's own.</summary>
    private const double LeastVariance = NoiseScaleOptions.Minimum * NoiseScaleOptions.Minimum;

    private readonly ImputerPart _part;
    private readonly int[] _slots;
    private readonly List<DrawnRow> _rows = [];

    private NoiseEstimate(ImputerPart part, int[] slots, IFeatureRows rows, CancellationToken cancellationToken)
    {
        _part = part;
        _slots = slots;
        var noise = new float[Samples * part.Model.LatentDimension];
        CounterRandom.FillNormal((ulong)part.Model.Options.Seed, RandomStreams.Imputation, 0, noise);
        var draws = new PosteriorDraws(part, Samples);
        int most = Math.Clamp(MostValues / (Samples * _slots.Length), 1, MostRows);
        long known = part.Model.History.TrainingRows + part.Model.History.ValidationRows;
        long step = Math.Max(1, (known + most - 1) / most);
        void Draw(ReadOnlySpan<float> row, float weight, int number)
        {
            if (weight == 0 || !part.Model.Layout.IsAnyObserved(row)) return;
            draws.Draw(row, number, noise);
            _rows.Add(new DrawnRow(draws, _slots, weight));
        }

        new SelectedRows(rows, number => number % step == 0).ForEach(Draw, cancellationToken);
    }

    /// <summary>
    /// The part with the covariance of its numbers' noise on some rows, and with that of numbers and categories, if it has them.
    /// </summary>
    public static (ImputerPart Numbers, ImputerPart? WithCategories) Of(
        VaeModel model, IFeatureRows rows, CancellationToken cancellationToken)
    {
        var part = new ImputerPart(model);
        int numbers = part.Noise.Numbers;
        if (numbers is 0 or > ImputerPart.MostCorrelated) return (part, null);
        int[] categories = model.Layout.CategoricalSlots;
        if (numbers + categories.Length > ImputerPart.MostCorrelated) categories = [];
        var estimate = new NoiseEstimate(part, [.. part.NoiseSlots, .. categories], rows, cancellationToken);
        var noise = part.Noise;
        for (int i = 0; i < Iterations; i++)
            noise = estimate.Improve(noise, cancellationToken);
        var alone = new ImputerPart(model, noise);
        if (categories.Length == 0) return (alone, null);
        noise = WithCategories(noise, categories.Length);
        for (int i = 0; i < IterationsWithCategories; i++)
            noise = estimate.Improve(noise, cancellationToken);
        return (alone, new ImputerPart(model, noise));
    }

    /// <summary>Noise of numbers, and categories of which nothing is known yet.</summary>
    private static NoiseCovariance WithCategories(NoiseCovariance noise, int categories)
    {
        int size = noise.Numbers + categories;
        double[] values = new double[size * size];
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < noise.Numbers && i < noise.Numbers; j++)
                values[i * size + j] = noise[i, j];
            if (i >= noise.Numbers) values[i * size + i] = FirstVariance;
        }

        return new NoiseCovariance(noise.Numbers, size, values);
    }

    private NoiseCovariance Improve(NoiseCovariance noise, CancellationToken cancellationToken)
    {
        int size = noise.Size;
        var conditional = ConditionalNoise.Of(noise);
        double[] sums = new double[size * size];
        double[] errors = new double[Samples * size];
        double[] observed = new double[size];
        double[] weights = new double[Samples];
        double total = 0;
        foreach (var row in _rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            conditional.SetMask(row.Mask.AsSpan(0, size), size);
            for (int sample = 0; sample < Samples; sample++)
            {
                var error = errors.AsSpan(sample * size, size);
                for (int i = 0; i < conditional.Observed.Length; i++)
                    error[conditional.Observed[i]] = observed[i] = row.Error(sample, conditional.Observed[i]);
                weights[sample] = row.LogWeights[sample] + conditional.LogDensity(observed.AsSpan(0, conditional.Observed.Length));
                for (int i = 0; i < conditional.Missing.Length; i++)
                    error[conditional.Missing[i]] = conditional.Expect(i);
            }

            ImportanceWeights.Normalize(weights);
            total += row.Weight;
            for (int sample = 0; sample < Samples; sample++)
            {
                if (weights[sample] > NegligibleWeight)
                    AddSquare(errors.AsSpan(sample * size, size), row.Weight * weights[sample], sums);
            }

            for (int i = 0; i < conditional.Missing.Length; i++)
            {
                for (int j = 0; j <= i; j++)
                    sums[conditional.Missing[i] * size + conditional.Missing[j]] += row.Weight * conditional.Covariance(i, j);
            }
        }

        double shrinkage = _rows.Count / (_rows.Count + IndependentRows * noise.Numbers);
        double[] values = new double[size * size];
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < i; j++)
                values[i * size + j] = values[j * size + i] = (i < noise.Numbers ? shrinkage : 1) * sums[i * size + j] / total;
            values[i * size + i] = Math.Max(LeastVariance, sums[i * size + i] / total);
            if (i >= noise.Numbers) values[i * size + i] += RowsWithoutEffect / _rows.Count;
        }

        return new NoiseCovariance(noise.Numbers, size, values);
    }

    /// <summary>Adds weight · e·eᵀ, up to the diagonal.</summary>
    private static void AddSquare(ReadOnlySpan<double> error, double weight, double[] sums)
    {
        for (int i = 0; i < error.Length; i++)
        {
            var row = sums.AsSpan(i * error.Length, i + 1);
            TensorPrimitives.MultiplyAdd(error[..(i + 1)], weight * error[i], row, row);
        }
    }

    /// <summary>What was drawn for a row: the decoder's expectations do not change with the covariance, only their weights do.</summary>
    private sealed class DrawnRow
    {
        private readonly float[] _targets;
        private readonly float[] _expected;

        public DrawnRow(PosteriorDraws draws, int[] slots, float weight)
        {
            Weight = weight;
            Mask = Array.ConvertAll(slots, slot => draws.Mask[slot] != 0);
            LogWeights = draws.LogWeights.ToArray();
            _targets = Array.ConvertAll(slots, slot => draws.Targets[slot]);
            _expected = new float[Samples * slots.Length];
            for (int sample = 0; sample < Samples; sample++)
            {
                var expected = draws.Expected(sample);
                for (int i = 0; i < slots.Length; i++)
                    _expected[sample * slots.Length + i] = expected[slots[i]];
            }
        }

        public float Weight { get; }

        public bool[] Mask { get; }

        public double[] LogWeights { get; }

        public double Error(int sample, int number) => (double)_targets[number] - _expected[sample * _targets.Length + number];
    }
}

/// <summary>Weights that are known up to a factor, as logarithms.</summary>
internal static class ImportanceWeights
{
    /// <summary>Turns logarithms into weights of sum 1.</summary>
    public static void Normalize(Span<double> weights)
    {
        double largest = TensorPrimitives.Max<double>(weights);
        foreach (ref double weight in weights)
            weight = double.IsNegativeInfinity(largest) ? 1 : Math.Exp(weight - largest);
        TensorPrimitives.Divide(weights, TensorPrimitives.Sum<double>(weights), weights);
    }
}
