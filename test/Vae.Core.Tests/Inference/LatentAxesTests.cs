using FluentAssertions;
using Vae.Data;
using Vae.Inference;
using Vae.Networks;
using Vae.Options;
using Vae.Tests.Persistence;
using Vae.Tests.Reference;
using Vae.Training;
using Vae.Training.Managed;
using Xunit;

namespace Vae.Tests.Inference;

/// <summary>What latent dimensions are worth, their order and their signs, and the embedding in units of the data.</summary>
public sealed class LatentAxesTests
{
    private static readonly VaeOptions Small = new()
    {
        LatentDimension = 5,
        HiddenLayers = [32, 16],
        Epochs = 100,
        EmbeddingScale = EmbeddingScale.Data,
    };

    private static readonly Lazy<VaeModel> Trained = new(() => Train(Small with { Seed = 1 }));

    [Theory]
    [InlineData(nameof(TestLayouts.Mixed), OneHotLikelihoodKind.Bernoulli)]
    [InlineData(nameof(TestLayouts.Mixed), OneHotLikelihoodKind.Categorical)]
    [InlineData(nameof(TestLayouts.Conditional), OneHotLikelihoodKind.Categorical)]
    public void A_factor_is_the_root_mean_square_of_the_decoders_Jacobian(string layout, OneHotLikelihoodKind oneHot)
    {
        var options = new VaeOptions { LatentDimension = 3, HiddenLayers = [9, 6], OneHotLikelihood = oneHot };
        var test = new TestModel(RandomProblem.Create(TestLayouts.Of(layout), options, 70, missing: 0.15));
        double[] weights = [.. Enumerable.Range(0, test.Count).Select(row => row % 4 * 0.5)];
        var effects = new LatentEffects(test.Model.Evaluator, test.Rows, weights);
        for (int d = 0; d < 3; d++)
        {
            double[][] slopes = [.. Enumerable.Range(0, test.Count).Select(row => Slopes(test, row, d))];
            double squares = slopes.Zip(weights, (row, weight) => weight * row.Sum(slope => slope * slope)).Sum();
            double expected = Math.Sqrt(squares / weights.Sum());
            double[] means =
                [.. slopes[0].Select((_, slot) => slopes.Zip(weights, (row, weight) => weight * row[slot]).Sum())];
            var effect = effects.Measure(d);
            effect.Factor.Should().BeApproximately(expected, 1e-3 * expected);
            effect.IsReversed.Should().Be(Leading(means) < 0);
        }
    }

    [Fact]
    public void Renaming_and_reversing_dimensions_changes_nothing_else()
    {
        var model = UntrainedModels.Create(TestLayouts.Conditional, new VaeOptions { LatentDimension = 3 }, 1);
        var parameters = model.Parameters.Clone();
        LatentOrder.Apply(parameters, [2, 0, 1], [false, true, false]);
        var rearranged = new VaeModel(model.Parts with { Parameters = parameters });

        float[] rows = Rows(TestLayouts.Conditional, 20);
        var (means, logVariances) = Encode(model, rows);
        var (newMeans, newLogVariances) = Encode(rearranged, rows);
        newMeans.Should().Equal(means.Chunk(3).SelectMany(mean => new[] { mean[2], -mean[0], mean[1] }));
        newLogVariances.Should().Equal(logVariances.Chunk(3).SelectMany(value => new[] { value[2], value[0], value[1] }));
        float[] scores = new float[20], newScores = new float[20];
        model.Score(rows, scores);
        rearranged.Score(rows, newScores);
        for (int row = 0; row < scores.Length; row++)
            newScores[row].Should().BeApproximately(scores[row], 1e-5f * (1 + Math.Abs(scores[row])));
    }

    [Fact]
    public void Dimensions_are_sorted_by_what_they_decode_with_unused_ones_last()
    {
        var model = Trained.Value;
        double[] shares = [.. model.LatentAxes.Select(axis => axis.Share)];
        shares.Should().BeInDescendingOrder();
        shares.Sum().Should().BeApproximately(1, 1e-9);
        shares.Skip(3).Should().OnlyContain(share => share < 0.01, "the rows have three causes");
        var diagnosis = model.Diagnosis;
        diagnosis.ActiveUnits.Should().Be(3);
        diagnosis.MeanVariancePerDimension.Skip(3).Should().OnlyContain(variance => variance < 0.01);
        diagnosis.KullbackLeiblerPerDimension.Take(3).Should().BeInDescendingOrder("a strong cause is told more exactly");
    }

    [Fact]
    public void A_slot_that_a_dimension_moves_most_goes_up()
    {
        var model = Trained.Value;
        float[] means = Encode(model, Rows(500, 7)).Means;
        for (int d = 0; d < 3; d++)
        {
            float[] Decoded(float step)
            {
                float[] latents = [.. means.Select((mean, i) => i % 5 == d ? mean + step : mean)];
                float[] rows = new float[latents.Length / 5 * model.Layout.SlotCount];
                model.Decode(latents, rows);
                return rows;
            }

            var (up, down) = (Decoded(0.01f), Decoded(-0.01f));
            int slots = model.Layout.SlotCount;
            double[] moves = [.. Enumerable.Range(0, slots).Select(slot =>
                up.Zip(down, (a, b) => (double)a - b).Where((_, i) => i % slots == slot).Sum() / model.Standardization.Deviations[slot])];
            Leading(moves).Should().BePositive();
        }
    }

    [Fact]
    public void Another_seed_gives_the_same_dimensions()
    {
        var (first, second) = (Embed(Trained.Value, Rows(500, 7)), Embed(Train(Small with { Seed = 2 }), Rows(500, 7)));
        for (int d = 0; d < 3; d++)
            Correlation(first, second, d, 5).Should().BeGreaterThan(0.9, "dimension {0}", d);
    }

    [Fact]
    public void A_model_that_goes_on_from_another_one_keeps_its_dimensions()
    {
        var initial = Reordered(Trained.Value);
        var next = Train(Small with { Seed = 3, Epochs = 15 }, initial, seed: 8);
        var (before, after) = (Encode(initial, Rows(500, 7)).Means, Encode(next, Rows(500, 7)).Means);
        for (int d = 2; d < 5; d++)
            Correlation(before, after, d, 5).Should().BeGreaterThan(0.95, "dimension {0}", d);
        next.LatentAxes.MaxBy(axis => axis.Share).Should().Be(next.LatentAxes[4], "the strongest one was the last");
    }

    [Fact]
    public void In_units_of_the_data_rows_are_as_far_apart_as_their_decoded_rows()
    {
        var model = Trained.Value;
        float[] rows = Rows(200, 7);
        float[] decoded = new float[rows.Length];
        model.Reconstruct(rows, decoded);
        double[] deviations = model.Standardization.Deviations;
        float[] standardized = [.. decoded.Select((value, i) => value / (float)deviations[i % deviations.Length])];
        double[] expected = Distances(standardized, deviations.Length);
        double data = Correlation(Distances(Embed(model, rows), 5), expected);
        double prior = Correlation(Distances(Encode(model, rows).Means, 5), expected);
        data.Should().BeGreaterThan(0.99);
        prior.Should().BeLessThan(data - 0.02);
    }

    [Theory]
    [InlineData(EmbeddingScale.Prior)]
    [InlineData(EmbeddingScale.Data)]
    public void The_scale_changes_the_embedding_and_nothing_else(EmbeddingScale scale)
    {
        var model = new VaeModel(Trained.Value.Parts with { Options = Small with { EmbeddingScale = scale } });
        float[] rows = Rows(20, 7);
        var (means, logVariances) = Encode(model, rows);
        means.Should().Equal(Encode(Trained.Value, rows).Means);
        float[] embeddings = new float[means.Length], embeddedLogVariances = new float[means.Length];
        model.Embed(rows, embeddings, embeddedLogVariances);
        for (int i = 0; i < means.Length; i++)
        {
            float factor = scale == EmbeddingScale.Prior ? 1 : (float)model.LatentAxes[i % 5].Factor;
            embeddings[i].Should().Be(means[i] * factor);
            embeddedLogVariances[i].Should().BeApproximately(logVariances[i] + 2 * MathF.Log(factor), 1e-5f);
        }
    }

    [Fact]
    public void Axes_and_scale_come_back_from_a_file()
    {
        var loaded = SmallModels.Load(SmallModels.Bytes(Trained.Value));
        loaded.LatentAxes.Should().Equal(Trained.Value.LatentAxes);
        Embed(loaded, Rows(20, 7)).Should().Equal(Embed(Trained.Value, Rows(20, 7)));
    }

    [Fact]
    public void The_number_of_threads_changes_no_axis()
    {
        var options = Small with { Epochs = 2 };
        Train(options, threads: 1).LatentAxes.Should().Equal(Train(options, threads: 2).LatentAxes);
    }

    /// <summary>Numbers that three causes of different strength move, each its own.</summary>
    private static float[] Rows(int count, int seed)
    {
        var random = new Random(seed);
        float[] rows = new float[count * 12];
        for (int row = 0; row < count; row++)
        {
            double[] causes = [TestTables.Normal(random), TestTables.Normal(random), TestTables.Normal(random)];
            for (int slot = 0; slot < 12; slot++)
            {
                int cause = slot < 8 ? 0 : slot < 11 ? 1 : 2;
                rows[row * 12 + slot] = (float)(slot + (slot % 2 == 0 ? 3 : -1) * (causes[cause] + 0.5 * TestTables.Normal(random)));
            }
        }

        return rows;
    }

    private static float[] Rows(FeatureLayout layout, int count)
    {
        float[] rows = new float[count * layout.RowWidth];
        using var reader = TestTables.Rows(layout, count).Open();
        reader.Read(rows, default);
        return rows;
    }

    private static VaeModel Train(VaeOptions options, VaeModel? initial = null, int threads = 1, int seed = 4) =>
        new ManagedTrainer().Train(
            new MatrixRows(FeatureLayout.Numeric(12), Rows(600, seed)), options,
            new TrainingContext { ThreadCount = threads, InitialModel = initial });

    /// <summary>The same model with its dimensions the other way round.</summary>
    private static VaeModel Reordered(VaeModel model)
    {
        var parameters = model.Parameters.Clone();
        LatentOrder.Apply(parameters, [4, 3, 2, 1, 0], [false, false, true, true, true]);
        return new VaeModel(model.Parts with { Parameters = parameters, Axes = [.. model.LatentAxes.Reverse()] });
    }

    private static (float[] Means, float[] LogVariances) Encode(VaeModel model, float[] rows)
    {
        float[] means = new float[rows.Length / model.Layout.RowWidth * model.LatentDimension];
        float[] logVariances = new float[means.Length];
        model.Encode(rows, means, logVariances);
        return (means, logVariances);
    }

    private static float[] Embed(VaeModel model, float[] rows)
    {
        float[] embeddings = new float[rows.Length / model.Layout.RowWidth * model.LatentDimension];
        model.Embed(rows, embeddings);
        return embeddings;
    }

    /// <summary>The first of the moves that are about as large as the largest.</summary>
    private static double Leading(double[] moves) => moves.First(move => Math.Abs(move) >= 0.8 * moves.Max(Math.Abs));

    /// <summary>∂x̂/∂z_d of a row in double precision.</summary>
    private static double[] Slopes(TestModel test, int row, int dimension)
    {
        const double step = 1e-5;
        var problem = test.Problem;
        double[] filled = Array.ConvertAll(problem.Rows[row], value => double.IsNaN(value) ? 0 : value);
        var network = new ReferenceNetwork(problem);
        double[] mean = network.Encode([filled])[0][..problem.Options.LatentDimension];
        double[] Expected(double move)
        {
            double[] moved = [.. mean];
            moved[dimension] += move;
            bool isCategorical = problem.Options.OneHotLikelihood == OneHotLikelihoodKind.Categorical;
            double[] outputs = network.Decode([[.. moved, .. filled[problem.Layout.SlotCount..]]])[0];
            foreach (var group in problem.Layout.Groups.Where(group => group.Kind != FeatureKind.Numeric))
            {
                double sum = outputs[group.Start..group.End].Sum(Math.Exp);
                for (int slot = group.Start; slot < group.End; slot++)
                {
                    bool isShare = isCategorical && group.Kind == FeatureKind.OneHot;
                    outputs[slot] = isShare ? Math.Exp(outputs[slot]) / sum : 1 / (1 + Math.Exp(-outputs[slot]));
                }
            }

            return outputs;
        }

        return [.. Expected(step).Zip(Expected(-step), (up, down) => (up - down) / (2 * step))];
    }

    private static double[] Distances(float[] values, int width)
    {
        var rows = values.Chunk(width).ToArray();
        return [.. from i in Enumerable.Range(0, rows.Length) from j in Enumerable.Range(0, i)
                   select Math.Sqrt(rows[i].Zip(rows[j], (a, b) => (double)(a - b) * (a - b)).Sum())];
    }

    private static double Correlation(float[] a, float[] b, int dimension, int width) =>
        Correlation(Column(a, dimension, width), Column(b, dimension, width));

    private static double[] Column(float[] values, int dimension, int width) =>
        [.. values.Where((_, i) => i % width == dimension).Select(value => (double)value)];

    private static double Correlation(double[] a, double[] b)
    {
        double meanA = a.Average(), meanB = b.Average();
        double covariance = a.Zip(b, (x, y) => (x - meanA) * (y - meanB)).Sum();
        return covariance / Math.Sqrt(a.Sum(x => (x - meanA) * (x - meanA)) * b.Sum(y => (y - meanB) * (y - meanB)));
    }
}
