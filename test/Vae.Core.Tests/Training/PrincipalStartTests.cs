using FluentAssertions;
using Vae.Data;
using Vae.Detection;
using Vae.Imputation;
using Vae.Options;
using Vae.Persistence;
using Vae.Training.Managed;
using Xunit;

namespace Vae.Tests.Training;

/// <summary>Where training begins with <see cref="InitialWeightsKind.PrincipalComponents"/>.</summary>
public class PrincipalStartTests
{
    private const int Rows = 500;

    /// <summary>Options that leave the weights where they begin.</summary>
    private static readonly VaeOptions Untrained = new()
    {
        InitialWeights = InitialWeightsKind.PrincipalComponents,
        LatentDimension = 3,
        Epochs = 1,
        LearningRate = 1e-12,
        WeightDecay = 0,
        ValidationFraction = 0,
    };

    [Theory]
    [InlineData(Activation.Identity, 1e-3)]
    [InlineData(Activation.ReLU, 1e-3)]
    [InlineData(Activation.LeakyReLU, 1e-3)]
    [InlineData(Activation.GELU, 1e-3)]
    [InlineData(Activation.Softplus, 1e-3)]
    [InlineData(Activation.ELU, 0.3)]
    [InlineData(Activation.Tanh, 0.3)]
    public void An_embedding_begins_as_the_principal_components(Activation activation, double tolerance)
    {
        // Three columns that share one cause and two that share another: after standardization the first two components are
        // (1, 1, 1, 0, 0)/√3 and (0, 0, 0, 1, −1)/√2, with variances 3 and 2. They leave nothing, and the noise variance is 0.04.
        double[] kept = [1 - 0.04 / 3, 1 - 0.04 / 2];
        var random = new Random(1);
        var causes = new double[2][];
        for (int cause = 0; cause < 2; cause++)
            causes[cause] = Standardized([.. Enumerable.Range(0, Rows).Select(_ => random.NextDouble())]);
        MakeUncorrelated(causes[0], causes[1]);
        float[] values = [.. Enumerable.Range(0, Rows).SelectMany(row => (float[])
            [
                (float)causes[0][row], 10 + 5 * (float)causes[0][row], (float)(2 * causes[0][row]),
                (float)causes[1][row], -3 * (float)causes[1][row],
            ])];

        var model = new ManagedTrainer().Train(
            new MatrixRows(FeatureLayout.Numeric(5), values), Untrained with { Activation = activation, LatentDimension = 2 });

        var means = new float[Rows * 2];
        model.Encode(values, means);
        for (int d = 0; d < 2; d++)
        {
            double sign = Math.Sign(Enumerable.Range(0, Rows).Sum(row => means[2 * row + d] * causes[d][row]));
            for (int row = 0; row < Rows; row++)
                (sign * means[2 * row + d]).Should().BeApproximately(Math.Sqrt(kept[d]) * causes[d][row], tolerance);
        }

        var decoded = new float[Rows * 5];
        model.Decode(means, decoded);
        for (int i = 0; i < decoded.Length; i++)
        {
            float mean = i % 5 == 1 ? 10 : 0;
            decoded[i].Should().BeApproximately(mean + (float)kept[i % 5 / 3] * (values[i] - mean), (float)(10 * tolerance));
        }
    }

    [Theory]
    [InlineData(OneHotLikelihoodKind.Bernoulli)]
    [InlineData(OneHotLikelihoodKind.Categorical)]
    public void The_center_of_the_latent_space_begins_as_the_average_row(OneHotLikelihoodKind likelihood)
    {
        float[] values = TestTables.MixedValues(Rows, missing: 0);

        var model = new ManagedTrainer().Train(
            new MatrixRows(TestLayouts.Mixed, values), Untrained with { OneHotLikelihood = likelihood });

        int width = TestLayouts.Mixed.RowWidth;
        var center = new float[width];
        model.Decode(new float[3], center);
        for (int slot = 0; slot < width; slot++)
            center[slot].Should().BeApproximately(Enumerable.Range(0, Rows).Average(row => values[row * width + slot]), 0.01f);
    }

    [Theory]
    [InlineData("HiddenLayers=")]
    [InlineData("HiddenLayers=1")]
    [InlineData("BatchNormalization=true")]
    [InlineData("Standardization=MedianAndRange")]
    public void Where_components_cannot_be_carried_or_trusted_training_begins_at_random(string options)
    {
        var rows = TestTables.Mixed(Rows);
        var chosen = OptionText.Apply(Untrained, options);

        var start = new ManagedTrainer().Train(rows, chosen);

        var random = new ManagedTrainer().Train(rows, chosen with { InitialWeights = InitialWeightsKind.Random });
        start.Parameters.Weights.Values.Should().Equal(random.Parameters.Weights.Values);
    }

    [Fact]
    public void What_conditions_tell_is_not_in_the_embedding_from_the_start()
    {
        var layout = new FeatureLayoutBuilder().Numeric("x", 3).Conditions().Binary("known").Build();
        float[] values = [.. Enumerable.Range(0, 4 * Rows).Select(i => i % 4 == 3 ? i / 4 % 2 : i % 7)];

        var start = new ManagedTrainer().Train(new MatrixRows(layout, values), Untrained);

        var random = new ManagedTrainer().Train(
            new MatrixRows(layout, values), Untrained with { InitialWeights = InitialWeightsKind.Random });
        start.Parameters.Weights.Values.Should().Equal(random.Parameters.Weights.Values);
    }

    [Fact]
    public void Each_use_begins_where_it_is_served_unless_it_is_told()
    {
        var rows = TestTables.Mixed(Rows);
        var brief = new VaeOptions { Epochs = 1, HiddenLayers = [8] };
        var told = brief with { InitialWeights = InitialWeightsKind.PrincipalComponents };

        new ManagedTrainer().Train(rows, brief).Options.InitialWeights.Should().Be(InitialWeightsKind.PrincipalComponents);
        Detector(brief).Should().Be(InitialWeightsKind.Random);
        Detector(told).Should().Be(InitialWeightsKind.PrincipalComponents);
        Imputer(brief).Should().Be(InitialWeightsKind.Random);
        Imputer(told).Should().Be(InitialWeightsKind.PrincipalComponents);

        InitialWeightsKind? Detector(VaeOptions model) => VaeDetector.Train(
            new ManagedTrainer(), rows, new DetectionOptions { Model = model, Trim = 0 }).Models[0].Options.InitialWeights;
        InitialWeightsKind? Imputer(VaeOptions model) => VaeImputer.Train(
            new ManagedTrainer(), rows, new ImputationOptions { Model = model, ModelCount = 1 }).Models[0].Options.InitialWeights;
    }

    /// <summary>The dimensions beyond the rank of the table have no component; they may take part, and harm nothing.</summary>
    [Theory]
    [InlineData(FeatureKind.Numeric, 1)]
    [InlineData(FeatureKind.Numeric, 3)]
    [InlineData(FeatureKind.OneHot, 4)]
    public void A_table_of_fewer_columns_than_dimensions_is_learned_as_well_as_from_random_weights(FeatureKind kind, int slots)
    {
        var random = new Random(2);
        var layout = kind == FeatureKind.Numeric
            ? FeatureLayout.Numeric(slots)
            : new FeatureLayoutBuilder().OneHot("kind", ["a", "b", "c", "d"]).Build();
        float[] values = [.. Enumerable.Range(0, Rows).SelectMany(_ => Row())];
        var options = new VaeOptions { LatentDimension = 6, HiddenLayers = [16, 16], BatchSize = 32, Epochs = 100 };

        double components = Loss(options);

        components.Should().BeLessThan(Loss(options with { InitialWeights = InitialWeightsKind.Random }) + 0.1);

        double Loss(VaeOptions chosen) =>
            new ManagedTrainer().Train(new MatrixRows(layout, values), chosen).History.Epochs.Min(epoch => epoch.ValidationLoss);

        float[] Row()
        {
            var row = new float[slots];
            if (kind == FeatureKind.OneHot)
                row[random.Next(slots)] = 1;
            else
                Array.Fill(row, (float)TestTables.Normal(random));
            return row;
        }
    }

    [Theory]
    [InlineData("HiddenLayers=2")]
    [InlineData("HiddenLayers=9,4 LatentDimension=30")]
    public void Narrow_networks_carry_as_many_components_as_they_can(string options)
    {
        var model = new ManagedTrainer().Train(TestTables.Mixed(Rows), OptionText.Apply(Untrained, options));

        model.Parameters.AreFinite.Should().BeTrue();
        model.Diagnosis.ActiveUnits.Should().Be(options.Contains("9,4") ? 2 : 1);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(100)]
    public void Tables_without_any_variance_can_be_trained_on(int rows)
    {
        var model = new ManagedTrainer().Train(new MatrixRows(FeatureLayout.Numeric(3), new float[3 * rows]), Untrained);

        model.Parameters.AreFinite.Should().BeTrue();
    }

    [Fact]
    public void Models_from_before_the_option_began_at_random()
    {
        var json = OptionsJson.Write(new VaeOptions());
        json.Remove("initialWeights").Should().BeTrue();

        OptionsJson.Read(json).InitialWeights.Should().Be(InitialWeightsKind.Random);
    }

    private static double[] Standardized(double[] values)
    {
        double mean = values.Average();
        double deviation = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
        return Array.ConvertAll(values, value => (value - mean) / deviation);
    }

    private static void MakeUncorrelated(double[] first, double[] second)
    {
        double product = first.Zip(second, (a, b) => a * b).Average();
        double[] rest = Standardized([.. first.Zip(second, (a, b) => b - product * a)]);
        rest.CopyTo(second, 0);
    }
}
