using FluentAssertions;
using Vae.Data;
using Vae.Options;
using Vae.Training.Managed;
using Vae.Training.Rows;
using Xunit;

namespace Vae.Tests.Training;

public class OptionValidationTests
{
    private static readonly VaeOptions Defaults = new();

    /// <summary>The name of an option and options in which it is out of its range.</summary>
    public static TheoryData<string, VaeOptions> OutOfRange
    {
        get
        {
            var data = new TheoryData<string, VaeOptions>
            {
                { "LatentDimension", Defaults with { LatentDimension = 0 } },
                { "LatentDimension", Defaults with { LatentDimension = 65537 } },
                { "HiddenLayers", Defaults with { HiddenLayers = [8, 0] } },
                { "HiddenLayers", Defaults with { HiddenLayers = [-3] } },
                { "HiddenLayers", Defaults with { HiddenLayers = [.. Enumerable.Repeat(4, 17)] } },
                { "Activation", Defaults with { Activation = (Activation)99 } },
                { "NumericLikelihood", Defaults with { NumericLikelihood = (NumericLikelihoodKind)7 } },
                { "OneHotLikelihood", Defaults with { OneHotLikelihood = (OneHotLikelihoodKind)(-1) } },
                { "LearningRateSchedule", Defaults with { LearningRateSchedule = (LearningRateSchedule)2 } },
                { "Standardization", Defaults with { Standardization = (StandardizationMethod)3 } },
                { "RobustnessForm", Defaults with { RobustnessForm = (RobustnessForm)2 } },
                { "Dropout", Defaults with { Dropout = 1 } },
                { "InputMasking", Defaults with { InputMasking = 1 } },
                { "Robustness", Defaults with { Robustness = 11 } },
                { "ReconstructionWeight", Defaults with { ReconstructionWeight = 0 } },
                { "LearningRate", Defaults with { LearningRate = 0 } },
                { "GradientClipNorm", Defaults with { GradientClipNorm = 0 } },
                { "ValidationFraction", Defaults with { ValidationFraction = 0.91 } },
                { "Epochs", Defaults with { Epochs = 0 } },
                { "BatchSize", Defaults with { BatchSize = 0 } },
                { "BatchSize", Defaults with { BatchSize = (1 << 20) + 1 } },
                { "EarlyStoppingPatience", Defaults with { EarlyStoppingPatience = 0 } },
                { "NoiseScale", Defaults with { NoiseScale = NoiseScaleOptions.Fixed(0) } },
                { "NoiseScale", Defaults with { NoiseScale = NoiseScaleOptions.Fixed(double.PositiveInfinity) } },
                { "RegularizerSchedule", Defaults with { RegularizerSchedule = WeightSchedule.WarmUp(0) } },
                { "RegularizerSchedule", Defaults with { RegularizerSchedule = WeightSchedule.Cyclical(0) } },
                { "RegularizerSchedule", Defaults with { RegularizerSchedule = WeightSchedule.Cyclical(4, 0) } },
                { "RegularizerSchedule", Defaults with { RegularizerSchedule = WeightSchedule.Cyclical(4, 1.01) } },
            };
            foreach (double value in new[] { -0.1, double.NaN, double.PositiveInfinity })
                AddRealNumbers(data, value);
            foreach (var (name, regularizer) in RegularizerCases.OutOfRange)
                data.Add(name, Defaults with { Regularizer = regularizer });
            return data;
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Batch_normalization_is_refused_where_a_step_would_have_one_row(int batchSize)
    {
        var options = Defaults with { BatchNormalization = true, BatchSize = batchSize };
        var train = () => new ManagedTrainer().Train(TestTables.Noise(33, 2), options);
        train.Should().Throw<ArgumentException>().WithMessage($"BatchNormalization*BatchSize must be at least 3*is {batchSize}.");
        options.Invoking(old => old.Validate()).Should().NotThrow("earlier versions have trained such models");
    }

    [Theory]
    [InlineData("the slots of the table", 1, 1, 1024)]
    [InlineData("HiddenLayers", 1, 2048, 2)]
    [InlineData("LatentDimension", 1100, 8, 2)]
    public void A_batch_with_more_values_than_an_array_holds_is_refused_by_name(string what, int latent, int width, int slots)
    {
        var options = Defaults with { BatchSize = 1 << 20, LatentDimension = latent, HiddenLayers = [4, width] };
        var check = (int rows) => FluentActions.Invoking(() => LargestStep.Check(FeatureLayout.Numeric(slots), options, rows));
        check(1 << 21).Should().Throw<ArgumentException>().WithMessage($"*BatchSize is too large for {what}*1,048,576 rows*");
        check(1000).Should().NotThrow("a step has no more rows than the table");
    }

    [Fact]
    public void A_batch_that_is_too_large_is_refused_before_training()
    {
        var options = Defaults with { BatchSize = 1 << 20, HiddenLayers = [2048], ValidationFraction = 0 };
        var train = () => new ManagedTrainer().Train(TestTables.Noise(1 << 20, 1), options);
        train.Should().Throw<ArgumentException>().WithMessage("*BatchSize*HiddenLayers*");
    }

    [Theory]
    [MemberData(nameof(OutOfRange), DisableDiscoveryEnumeration = true)]
    public void An_option_out_of_its_range_is_refused_by_name(string name, VaeOptions options)
    {
        var validation = options.Validate;
        var exception = validation.Should().Throw<ArgumentOutOfRangeException>().Which;
        exception.ParamName.Should().EndWith(name);
        exception.Message.Should().Contain(name);
        var training = () => new ManagedTrainer().Train(TestTables.Noise(20, 2), options);
        training.Should().Throw<ArgumentOutOfRangeException>().Which.Message.Should().Be(exception.Message);
    }

    [Fact]
    public void Options_that_do_not_go_together_are_refused_by_both_names()
    {
        Refused(Defaults with { Regularizer = new KullbackLeiblerOptions { FreeBits = 1, Capacity = 5 } })
            .Should().Contain("FreeBits").And.Contain("Capacity");
        Refused(Defaults with { Regularizer = RegularizerOptions.InfoVae(), BatchSize = 1 })
            .Should().Contain("InfoVae").And.Contain("BatchSize");
        Refused(Defaults with { Regularizer = RegularizerOptions.TotalCorrelation(), BatchSize = 1 })
            .Should().Contain("TotalCorrelation").And.Contain("BatchSize");
    }

    [Fact]
    public void Every_regularizer_is_allowed_and_one_row_a_step_unless_it_compares_rows()
    {
        foreach (var (name, regularizer) in RegularizerCases.WithEdges)
        {
            (Defaults with { Regularizer = regularizer }).Invoking(options => options.Validate()).Should().NotThrow(name);
            var alone = () => (Defaults with { Regularizer = regularizer, BatchSize = 1 }).Validate();
            if (regularizer.ComparesRows)
                alone.Should().Throw<ArgumentException>(name).WithMessage($"*{regularizer.GetType().Name}*BatchSize*");
            else
                alone.Should().NotThrow(name);
        }
    }

    [Fact]
    public void An_option_that_is_null_is_refused_by_name()
    {
        Refused(Defaults with { HiddenLayers = null! }).Should().Contain("HiddenLayers");
        Refused(Defaults with { NoiseScale = null! }).Should().Contain("NoiseScale");
        Refused(Defaults with { Regularizer = null! }).Should().Contain("Regularizer");
        Refused(Defaults with { RegularizerSchedule = null! }).Should().Contain("RegularizerSchedule");
    }

    [Fact]
    public void The_edges_of_the_ranges_are_allowed()
    {
        var options = Defaults with
        {
            LatentDimension = 1,
            HiddenLayers = [],
            GradientClipNorm = double.PositiveInfinity,
            ValidationFraction = 0.9,
            WeightDecay = 0,
            BatchSize = 1,
            Regularizer = RegularizerOptions.KullbackLeibler(0),
            RegularizerSchedule = WeightSchedule.Cyclical(1, 1),
        };
        options.Invoking(edge => edge.Validate()).Should().NotThrow();
        Defaults.Invoking(defaults => defaults.Validate()).Should().NotThrow();
        (Defaults with { Regularizer = RegularizerOptions.InfoVae(1, 0) }).Invoking(edge => edge.Validate()).Should().NotThrow();
    }

    private static string Refused(VaeOptions options)
    {
        var validation = options.Validate;
        return validation.Should().Throw<ArgumentException>().Which.Message;
    }

    private static void AddRealNumbers(TheoryData<string, VaeOptions> data, double value)
    {
        data.Add("Dropout", Defaults with { Dropout = value });
        data.Add("InputNoise", Defaults with { InputNoise = value });
        data.Add("InputMasking", Defaults with { InputMasking = value });
        data.Add("Robustness", Defaults with { Robustness = value });
        data.Add("ReconstructionWeight", Defaults with { ReconstructionWeight = value });
        data.Add("LearningRate", Defaults with { LearningRate = value });
        data.Add("WeightDecay", Defaults with { WeightDecay = value });
        data.Add("ValidationFraction", Defaults with { ValidationFraction = value });
        data.Add("NoiseScale", Defaults with { NoiseScale = NoiseScaleOptions.Fixed(value) });
        if (!double.IsInfinity(value)) data.Add("GradientClipNorm", Defaults with { GradientClipNorm = value });
    }
}
