using FluentAssertions;
using Vae.Data;
using Vae.Networks;
using Vae.Options;
using Vae.Tests.Reference;
using Vae.Training.Engines;
using Vae.Training.Managed;
using Vae.Training.Rows;
using Xunit;

namespace Vae.Tests.Training;

[Collection(Alone.Name)]
public class StepAllocationTests
{
    public static TheoryData<string, VaeOptions> Cases
    {
        get
        {
            var options = new VaeOptions { LatentDimension = 4, HiddenLayers = [24, 12] };
            var data = new TheoryData<string, VaeOptions>
            {
                { "defaults", options },
                { "batch normalization", options with { BatchNormalization = true } },
                { "dropout and denoising", options with { Dropout = 0.2, InputNoise = 0.1, InputMasking = 0.1 } },
                { "computed noise", options with { NoiseScale = NoiseScaleOptions.Computed() } },
                {
                    "fixed noise, categorical",
                    options with { NoiseScale = NoiseScaleOptions.Fixed(), OneHotLikelihood = OneHotLikelihoodKind.Categorical }
                },
                { "robust slots", options with { Robustness = 0.1, NoiseScale = NoiseScaleOptions.Learned(perSlot: true) } },
                {
                    "robust rows", options with
                    {
                        Robustness = 0.1,
                        RobustnessForm = RobustnessForm.PerRow,
                        NumericLikelihood = NumericLikelihoodKind.LogCosh,
                    }
                },
            };
            foreach (var (name, regularizer) in RegularizerCases.All)
                data.Add(name, options with { Regularizer = regularizer });
            return data;
        }
    }

    [Theory(Skip = AllocatedBytes.Skip)]
    [MemberData(nameof(Cases), DisableDiscoveryEnumeration = true)]
    public void A_step_on_one_thread_allocates_nothing(string name, VaeOptions options)
    {
        using var engine = Create(options, threads: 1, out var block);
        long step = 0;
        AllocatedBytes.Of(() => engine.Step(0, block.Count, new StepSettings(step++, 1e-3, 1)), repetitions: 50).Should().Be(0, name);
        AllocatedBytes.Of(() => engine.Evaluate(0, block.Count, 0), repetitions: 50).Should().Be(0, name);
    }

    [AllThreadsTheory]
    [InlineData(2)]
    [InlineData(3)]
    public void A_large_step_allocates_nothing_on_any_thread(int threads)
    {
        using var engine = Create(
            new VaeOptions { LatentDimension = 4, HiddenLayers = [128, 64], BatchNormalization = true }, threads, out var block);
        long step = 0;
        void Step() => engine.Step(0, block.Count, new StepSettings(step++, 1e-3, 1));
        AllocatedBytes.OfAllThreads(Step, repetitions: 20).Should().Be(0);
    }

    private static ManagedEngine Create(VaeOptions options, int threads, out RowBlock block)
    {
        const int rows = 70;
        var problem = RandomProblem.Create(TestLayouts.Conditional, options, rows, missing: 0.1);
        block = new RowBlock(rows, problem.Layout.RowWidth, problem.Layout.SlotCount, true) { Count = rows };
        for (int row = 0; row < rows; row++)
        {
            Array.ConvertAll(problem.Rows[row], value => (float)value).CopyTo(block.Values.Row(row));
            RowPreparation.SplitMissing(block.Values.Row(row), block.Mask!.Row(row));
            block.Weights[row] = 1;
        }

        var parameters = new VaeParameters(new NetworkShape(problem.Layout, options));
        WeightInitialization.Initialize(parameters, 1);
        var engine = new ManagedEngine(problem.Layout, options, parameters, new EngineRows(rows, true, rows), threads);
        engine.BeginBlock(block);
        return engine;
    }
}
