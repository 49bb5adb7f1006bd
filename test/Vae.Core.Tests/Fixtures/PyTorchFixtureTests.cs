using FluentAssertions;
using Vae.Numerics.Threads;
using Vae.Tests.Reference;
using Vae.Training.Managed;
using Xunit;

namespace Vae.Tests.Fixtures;

/// <summary>
/// The engine, and the reference that other tests measure it by, against PyTorch's modules, distributions, autograd and AdamW.
/// </summary>
public class PyTorchFixtureTests
{
    public static TheoryData<string> Names =>
        [.. Directory.GetFiles(GradientFixture.Folder, "gradients-*.json").Select(path => Path.GetFileNameWithoutExtension(path)!).Order()];

    [Theory]
    [MemberData(nameof(Names))]
    public void Loss_and_every_gradient_agree(string name)
    {
        var fixture = GradientFixture.Load(name);
        using var step = new EngineStep(fixture.Problem);
        GradientCheck.CompareLosses(step.ForwardBackward(), fixture.Losses);
        var gradients = fixture.Tensors("gradients");
        gradients.Keys.Should().BeEquivalentTo(step.TrainingStep.Gradients.Layout.Tensors.Select(tensor => tensor.Name));
        GradientCheck.Compare(gradients, step.TrainingStep.Gradients.Export);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Running_means_and_variances_agree(string name)
    {
        var fixture = GradientFixture.Load(name);
        using var step = new EngineStep(fixture.Problem);
        step.ForwardBackward();
        var measured = fixture.Tensors("buffersAfter");
        measured.Count.Should().Be(fixture.Problem.Options.BatchNormalization ? 8 : 0);
        foreach (var (tensor, expected) in measured)
        {
            step.Parameters.Buffers.Export(tensor).Zip(expected)
                .Should().OnlyContain(pair => Math.Abs(pair.First - pair.Second) < 1e-5 * Math.Max(1, Math.Abs(pair.Second)));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_reference_agrees(string name)
    {
        var fixture = GradientFixture.Load(name);
        var reference = ReferenceLoss.Of(fixture.Problem);
        reference.Loss.Should().BeApproximately(fixture.Losses.Loss, 1e-7 * Math.Abs(fixture.Losses.Loss));
        reference.Regularizer.Should().BeApproximately(fixture.Losses.Regularizer, 1e-7 * Math.Abs(fixture.Losses.Regularizer));
    }

    [Fact]
    public void The_fixtures_have_the_engines_sample_of_the_prior()
    {
        var problem = GradientFixture.Load("gradients-mmd-rbf").Problem;
        var drawn = RandomProblem.EnginePrior(problem.Rows.Length, problem.Options);
        for (int row = 0; row < drawn.Length; row++)
            problem.Prior[row].Should().Equal(drawn[row], (fixture, engine) => Math.Abs(fixture - engine) <= 1e-6);
    }

    [Fact]
    public void Steps_with_decay_and_clipping_follow_AdamW()
    {
        var fixture = GradientFixture.Load("trajectory");
        var settings = fixture["optimizer"];
        double rate = settings.GetProperty("learningRate").GetDouble();
        var options = fixture.Problem.Options with
        {
            WeightDecay = settings.GetProperty("weightDecay").GetDouble(),
            GradientClipNorm = settings.GetProperty("clipNorm").GetDouble(),
        };
        using var step = new EngineStep(fixture.Problem with { Options = options });
        using var team = new ParallelLoop(1);
        var optimizer = new AdamOptimizer(options, step.Parameters.Weights, step.TrainingStep.Gradients);
        double[] losses = GradientFixture.Numbers(fixture["lossesOfSteps"]);
        losses.Should().HaveCount(settings.GetProperty("steps").GetInt32());
        foreach (double loss in losses)
        {
            step.ForwardBackward().Loss.Should().BeApproximately(loss, 1e-4 * Math.Abs(loss));
            optimizer.Update(rate, team, false);
        }

        foreach (var (name, expected) in fixture.Tensors("tensorsAfter"))
        {
            step.Parameters.Weights.Export(name).Zip(expected)
                .Should().OnlyContain(pair => Math.Abs(pair.First - pair.Second) < 1e-4, name);
        }
    }
}
