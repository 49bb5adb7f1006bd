using FluentAssertions;
using Vae.Networks;
using Vae.Training.Engines;
using Xunit;

namespace Vae.TorchSharp.Tests.Parity;

/// <summary>The two trainers compute the same loss and the same gradients, and their optimizers take the same steps.</summary>
public sealed class ParityTests
{
    private const double Tolerance = 1e-4;
    private const double ToleranceAfterTraining = 1e-3;

    /// <summary>The names of all combinations.</summary>
    public static TheoryData<string> Cases => [.. ParityCases.All.Keys];

    [TorchTheory]
    [MemberData(nameof(Cases))]
    public void Same_weights_batch_and_noise_give_the_same_loss_and_gradients(string name)
    {
        using var run = new ParityRun(ParityCases.All[name]);
        var settings = new StepSettings(Step: 2, LearningRate: 1e-3, RegularizerFactor: 0.6);
        var torch = run.TorchStep(settings);
        var managed = run.ManagedStep(settings);

        Agree(torch.Losses, managed.Losses);
        double rounding = 1e-6 * managed.Gradients.Values.Max(Math.Abs);
        foreach (var tensor in managed.Gradients.Layout.Tensors)
        {
            double largest = Largest(managed.Gradients, tensor);
            double difference = Difference(torch.Gradients, managed.Gradients, tensor);
            if (ParityRun.Cancels(run.Parameters.Shape, tensor.Name))
                (largest + difference).Should().BeLessThan(rounding, "{0} has no influence", tensor.Name);
            else
                difference.Should().BeLessThanOrEqualTo(Tolerance * largest, "the gradients of {0} up to {1} agree", tensor.Name, largest);
        }

        foreach (var tensor in torch.Buffers.Layout.Tensors)
        {
            Difference(torch.Buffers, run.Parameters.Buffers, tensor)
                .Should().BeLessThanOrEqualTo(Tolerance * Largest(torch.Buffers, tensor), "{0} agrees", tensor.Name);
        }
    }

    [TorchTheory]
    [MemberData(nameof(Cases))]
    public void After_50_Adam_steps_with_the_same_noise_the_weights_agree(string name)
    {
        using var run = new ParityRun(ParityCases.All[name]);
        var (managed, torch) = run.Train(steps: 50);

        foreach (var tensor in managed.Weights.Layout.Tensors.Where(tensor => !ParityRun.Cancels(managed.Shape, tensor.Name)))
        {
            Difference(torch.Weights, managed.Weights, tensor)
                .Should().BeLessThanOrEqualTo(ToleranceAfterTraining, "{0} agrees", tensor.Name);
        }
    }

    [TorchTheory]
    [MemberData(nameof(Cases))]
    public void Rows_that_are_not_trained_on_have_the_same_loss(string name)
    {
        using var run = new ParityRun(ParityCases.All[name]);
        var (managed, torch) = run.Evaluate();

        Agree(torch, managed);
    }

    private static void Agree(LossSums actual, LossSums expected)
    {
        actual.Rows.Should().Be(expected.Rows);
        Relative(actual.Reconstruction, expected.Reconstruction).Should().BeLessThan(Tolerance, "the reconstruction agrees");
        Relative(actual.KullbackLeibler, expected.KullbackLeibler).Should().BeLessThan(Tolerance, "the KL agrees");
        Relative(actual.Regularizer, expected.Regularizer).Should().BeLessThan(Tolerance, "the regularizer agrees");
        Relative(actual.Loss, expected.Loss).Should().BeLessThan(Tolerance, "the loss agrees");
        Relative(actual.LossAtFullWeight, expected.LossAtFullWeight).Should().BeLessThan(Tolerance, "the loss at full weight agrees");
    }

    private static double Relative(double actual, double expected) =>
        expected == 0 ? Math.Abs(actual) : Math.Abs(actual - expected) / Math.Abs(expected);

    private static double Largest(TensorSet set, TensorShape tensor) => set.Export(tensor.Name).Max(Math.Abs);

    private static double Difference(TensorSet actual, TensorSet expected, TensorShape tensor) =>
        actual.Export(tensor.Name).Zip(expected.Export(tensor.Name), (a, b) => Math.Abs((double)a - b)).Max();
}
