using FluentAssertions;
using Vae.Data;
using Vae.Options;
using Vae.Training.Managed;
using Xunit;

namespace Vae.Tests.Persistence;

public sealed class SaveAndLoadTests
{
    [Fact]
    public void A_loaded_model_computes_the_same_to_the_last_bit()
    {
        var model = SmallModels.Train();
        var loaded = SmallModels.Load(SmallModels.Bytes(model));

        var rows = SmallModels.Rows(40, seed: 2);
        Outputs(loaded, rows).Should().Equal(Outputs(model, rows));
        SmallModels.Scores(loaded).Should().Equal(SmallModels.Scores(model)).And.OnlyContain(score => float.IsFinite(score));
    }

    [Fact]
    public void A_loaded_model_knows_what_the_model_knew()
    {
        var model = SmallModels.Train();
        var loaded = SmallModels.Load(SmallModels.Bytes(model));

        loaded.Layout.Should().Be(model.Layout);
        loaded.Options.Should().BeEquivalentTo(model.Options, options => options.RespectingRuntimeTypes());
        loaded.History.Should().BeEquivalentTo(model.History);
        loaded.History.Epochs.Should().Equal(model.History.Epochs);
        loaded.Diagnosis.Should().BeEquivalentTo(model.Diagnosis);
        loaded.NoiseScale.Should().Be(model.NoiseScale);
    }

    [Theory]
    [MemberData(nameof(ManyOptions))]
    public void Saving_a_loaded_model_gives_the_same_bytes(string what, VaeOptions options)
    {
        var model = SmallModels.Train(options);
        var bytes = SmallModels.Bytes(model);
        var loaded = SmallModels.Load(bytes);
        SmallModels.Bytes(loaded).Should().Equal(bytes, what);
        SmallModels.Scores(loaded).Should().Equal(SmallModels.Scores(model), what);
    }

    public static TheoryData<string, VaeOptions> ManyOptions()
    {
        var options = SmallModels.Options;
        return new TheoryData<string, VaeOptions>
        {
            { "batch normalization", options with { BatchNormalization = true, Dropout = 0.2 } },
            {
                "fixed noise",
                options with { NoiseScale = NoiseScaleOptions.Fixed(0.3), NumericLikelihood = NumericLikelihoodKind.LogCosh }
            },
            { "learned noise per slot", options with { NoiseScale = NoiseScaleOptions.Learned(perSlot: true) } },
            {
                "computed noise",
                options with { NoiseScale = NoiseScaleOptions.Computed(), OneHotLikelihood = OneHotLikelihoodKind.Categorical }
            },
            { "no hidden layers", options with { HiddenLayers = [], RegularizerSchedule = WeightSchedule.Constant() } },
            { "no clipping, no validation", options with { GradientClipNorm = double.PositiveInfinity, ValidationFraction = 0 } },
            {
                "cycles and β",
                options with
                {
                    RegularizerSchedule = WeightSchedule.Cyclical(),
                    Regularizer = RegularizerOptions.KullbackLeibler(0.1 + 0.2),
                }
            },
            { "median and range", options with { Standardization = StandardizationMethod.MedianAndRange } },
            { "quantiles", options with { Standardization = StandardizationMethod.Quantile } },
            {
                "InfoVAE",
                options with { Regularizer = RegularizerOptions.InfoVae(0.5, 3), Robustness = 0.01, RobustnessForm = RobustnessForm.PerRow }
            },
            { "total correlation", options with { Regularizer = RegularizerOptions.TotalCorrelation(2) } },
            { "free bits", options with { Regularizer = new KullbackLeiblerOptions { FreeBits = 0.2 } } },
            { "a capacity", options with { Regularizer = new KullbackLeiblerOptions { Capacity = 4 } } },
            { "denoising", options with { InputNoise = 0.1, InputMasking = 0.2, Activation = Activation.GELU } },
        };
    }

    [Fact]
    public void Conditions_survive()
    {
        var layout = new FeatureLayoutBuilder().Numeric("x", 2).Conditions().OneHot("site", "a", "b").Build();
        float[] rows = [1, 2, 1, 0, 3, 4, 0, 1, 2, 5, 1, 0, 7, 5, 0, 1];
        var model = new ManagedTrainer().Train(new MatrixRows(layout, rows), SmallModels.Options);
        var loaded = SmallModels.Load(SmallModels.Bytes(model));
        loaded.Layout.Should().Be(layout);
        Outputs(loaded, rows).Should().Equal(Outputs(model, rows));
    }

    [Fact]
    public void A_stream_is_read_to_the_last_byte_of_the_model_and_no_further()
    {
        var first = SmallModels.Bytes(SmallModels.Train());
        var second = SmallModels.Bytes(SmallModels.Train(SmallModels.Options with { Seed = 6 }));
        var stream = new OneWayStream([.. first, .. second, 1, 2, 3], mostAtOnce: 7);

        SmallModels.Bytes(VaeModel.Load(stream)).Should().Equal(first);
        stream.Taken.Should().Be(first.Length);
        SmallModels.Bytes(VaeModel.Load(stream)).Should().Equal(second);
        stream.Taken.Should().Be(first.Length + second.Length);
    }

    [Fact]
    public void A_file_replaces_an_older_one_and_leaves_nothing_behind()
    {
        using var folder = new TemporaryFolder();
        string path = folder["model.vae"];
        var model = SmallModels.Train();
        File.WriteAllText(path, "older");
        model.Save(path);
        Directory.GetFiles(folder.Path).Should().Equal(path);
        SmallModels.Bytes(VaeModel.Load(path)).Should().Equal(File.ReadAllBytes(path));
    }

    [Fact]
    public void The_default_architecture_takes_about_200_KB()
    {
        var model = SmallModels.Train(new VaeOptions { Epochs = 100, EarlyStopping = false });
        SmallModels.Bytes(model).Length.Should().BeInRange(190_000, 230_000);
    }

    private static float[] Outputs(VaeModel model, float[] rows)
    {
        int count = rows.Length / model.Layout.RowWidth;
        var outputs = new float[count * 2 * (model.LatentDimension + model.Layout.SlotCount)];
        int k = count * model.LatentDimension;
        int d = count * model.Layout.SlotCount;
        model.Encode(rows, outputs.AsSpan(0, k), outputs.AsSpan(k, k));
        model.Reconstruct(rows, outputs.AsSpan(2 * k, d));
        model.CellScores(rows, outputs.AsSpan(2 * k + d, d));
        return outputs;
    }
}
