using FluentAssertions;
using Microsoft.ML;
using Vae.Options;
using Xunit;

namespace Vae.MLNet.Tests;

public sealed class OptionsTests
{
    private static readonly VaeOptions All = new()
    {
        InitialWeights = InitialWeightsKind.PrincipalComponents,
        LatentDimension = 3,
        HiddenLayers = [9, 7],
        NoiseScale = NoiseScaleOptions.Computed(),
        Regularizer = RegularizerOptions.InfoVae(),
        Epochs = 2,
        BatchSize = 17,
        LearningRate = 0.01,
        ValidationFraction = 0.3,
        Seed = 7,
    };

    [Fact]
    public void What_is_set_beside_the_model_wins_before_and_after_the_model_is_set()
    {
        var before = new VaeEmbeddingEstimator.Options
        {
            LatentDimension = All.LatentDimension,
            HiddenLayers = All.HiddenLayers,
            NoiseScale = All.NoiseScale,
            Regularizer = All.Regularizer,
            Epochs = All.Epochs,
            BatchSize = All.BatchSize,
            LearningRate = All.LearningRate,
            ValidationFraction = All.ValidationFraction,
            Seed = All.Seed,
            Model = new VaeOptions { LatentDimension = 5, Epochs = 1, Seed = 8, Dropout = 0.1 },
        };
        var after = new VaeEmbeddingEstimator.Options
        {
            Model = new VaeOptions { LatentDimension = 5, Epochs = 1, Seed = 8, Dropout = 0.1 },
            LatentDimension = All.LatentDimension,
            HiddenLayers = All.HiddenLayers,
            NoiseScale = All.NoiseScale,
            Regularizer = All.Regularizer,
            Epochs = All.Epochs,
            BatchSize = All.BatchSize,
            LearningRate = All.LearningRate,
            ValidationFraction = All.ValidationFraction,
            Seed = All.Seed,
        };
        Trained(before).Should().Be(All with { Dropout = 0.1 });
        Trained(after).Should().Be(All with { Dropout = 0.1 });
    }

    [Fact]
    public void What_is_not_set_beside_the_model_is_left_to_it() =>
        Trained(new VaeEmbeddingEstimator.Options { Model = All }).Should().Be(All);

    [Theory]
    [InlineData(null, EmbeddingScale.Data, EmbeddingScale.Data)]
    [InlineData(EmbeddingScale.Prior, EmbeddingScale.Data, EmbeddingScale.Prior)]
    [InlineData(EmbeddingScale.Data, EmbeddingScale.Prior, EmbeddingScale.Data)]
    public void The_embedding_is_in_the_units_that_were_asked_for(EmbeddingScale? scale, EmbeddingScale ofModel, EmbeddingScale expected)
    {
        var mlContext = new MLContext(1);
        var data = Tables.Vectors(mlContext);
        var options = Quick.Options("Features");
        options.EmbeddingScale = scale;
        options.Model = options.Model with { EmbeddingScale = ofModel };
        var transformer = mlContext.Transforms.VaeEmbed(options).Fit(data);
        transformer.Model.Options.EmbeddingScale.Should().Be(expected);

        float[] rows = [.. Tables.VectorRows().SelectMany(row => row.Features)];
        float[] embeddings = new float[rows.Length / 4 * 2], means = new float[embeddings.Length], logVariances = new float[means.Length];
        transformer.Model.Embed(rows, embeddings, logVariances);
        transformer.Model.Encode(rows, means);
        var view = transformer.Transform(data);
        ShouldBe(view.Vectors("Embedding"), embeddings);
        ShouldBe(view.Vectors("EmbeddingLogVariance"), logVariances);
        embeddings.SequenceEqual(means).Should().Be(expected == EmbeddingScale.Prior);
    }

    [Theory]
    [InlineData(null, 42, 42)]
    [InlineData(null, 0, 0)]
    [InlineData(3, 42, 3)]
    [InlineData(0, 42, 0)]
    public void The_seed_of_the_model_counts_where_none_is_set_beside_it(int? seed, int seedOfModel, int expected)
    {
        var options = new VaeEmbeddingEstimator.Options { Seed = seed, Model = Quick.Model with { Seed = seedOfModel } };
        Trained(options).Seed.Should().Be(expected);
    }

    [Fact]
    public void Without_any_seed_it_is_drawn_from_the_context()
    {
        var options = new VaeEmbeddingEstimator.Options { Model = Quick.Model };
        int seed = Trained(options).Seed;
        seed.Should().NotBe(0);
        Trained(options).Seed.Should().Be(seed, "it is another context with the same seed");
        Trained(options, contextSeed: 2).Seed.Should().NotBe(seed);
    }

    /// <summary>The options of the model that an estimator trains.</summary>
    private static VaeOptions Trained(VaeEmbeddingEstimator.Options options, int contextSeed = 1)
    {
        var mlContext = new MLContext(contextSeed);
        options.InputColumnNames = ["Features"];
        return mlContext.Transforms.VaeEmbed(options).Fit(Tables.Vectors(mlContext)).Model.Options;
    }

    private static void ShouldBe(IEnumerable<float[]> column, float[] expected)
    {
        float[] values = [.. column.SelectMany(row => row)];
        values.Should().HaveSameCount(expected);
        for (int i = 0; i < values.Length; i++)
            values[i].Should().BeApproximately(expected[i], 1e-5f * (1 + Math.Abs(expected[i])));
    }
}
