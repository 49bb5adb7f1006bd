using FluentAssertions;
using Vae.Data;
using Vae.Options;
using Vae.Training;
using Vae.Training.Managed;
using Xunit;

namespace Vae.Tests.Training;

/// <summary>
/// No product has a subnormal operand, even where everything is done to make them: weights with which activations run out, outliers with
/// whose robust gradients vanish, rows that weigh next to nothing, values next to 0.
/// </summary>
[Collection(Alone.Name)]
public class SubnormalTests
{
    private const int Rows = 192;

    public static IEnumerable<object[]> Cases =>
        from activation in Enum.GetValues<Activation>()
        from kind in (string[])["plain", "robust slots", "robust rows", "categorical", "normalized"]
        select new object[] { activation, kind };

    [Theory]
    [MemberData(nameof(Cases))]
    public void No_product_has_a_subnormal_operand(Activation activation, string kind)
    {
        var plain = new VaeOptions
        {
            HiddenLayers = [16, 12, 8],
            LatentDimension = 3,
            Activation = activation,
            Epochs = 6,
            BatchSize = 32,
            WeightDecay = 1,
            RegularizerSchedule = WeightSchedule.WarmUp(2),
        };
        var options = kind switch
        {
            "robust slots" => plain with { Robustness = 1 },
            "robust rows" => plain with { Robustness = 1, RobustnessForm = RobustnessForm.PerRow },
            "categorical" => plain with
            {
                OneHotLikelihood = OneHotLikelihoodKind.Categorical,
                NumericLikelihood = NumericLikelihoodKind.LogCosh,
            },
            "normalized" => plain with { BatchNormalization = true, Dropout = 0.2 },
            _ => plain,
        };
        var rows = Table();
        using var count = new SubnormalCount();
        var initial = UntrainedModels.Create(rows.Layout, options, randomWeights: 1.5f);
        var model = new ManagedTrainer().Train(rows, options, new TrainingContext { InitialModel = initial });
        Score(model, Values(rows));
        count.Products.Should().BeGreaterThan(0);
        count.Subnormals.Should().Be(0);
    }

    [Fact]
    public void Subnormal_numbers_are_counted() =>
        SubnormalCount.Among([0, -0f, 1, float.Epsilon, -1e-40f, float.NaN, 1.2e-38f, -1e-39f, 1e-41f, 1e-30f]).Should().Be(4);

    private static void Score(VaeModel model, float[] values)
    {
        int width = model.Layout.RowWidth;
        var means = new float[Rows * model.LatentDimension];
        model.Encode(values, means);
        means[0] = 1e-40f;
        model.Decode(means, new float[values.Length]);
        model.Score(values, new float[Rows]);
        for (int row = 0; row < Rows; row++)
            model.Score(values.AsSpan(row * width, width), new float[1]);
    }

    private static float[] Values(MatrixRows rows)
    {
        var values = new float[Rows * rows.Layout.RowWidth];
        using var reader = rows.Open();
        reader.Read(values, new float[Rows]);
        return values;
    }

    /// <summary>A slot next to 0, an outlier, a row that weighs next to nothing.</summary>
    private static MatrixRows Table()
    {
        var layout = TestLayouts.Mixed;
        float[] values = TestTables.MixedValues(Rows);
        var weights = new float[Rows];
        for (int row = 0; row < Rows; row++)
        {
            values[row * layout.RowWidth] = row % 2 == 0 ? 1e-39f : 0;
            if (row % 16 == 0) values[row * layout.RowWidth + 1] = 90;
            weights[row] = row % 5 == 0 ? 1e-37f : 1;
        }

        return new MatrixRows(layout, values, weights);
    }
}
