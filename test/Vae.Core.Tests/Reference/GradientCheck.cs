using FluentAssertions;

namespace Vae.Tests.Reference;

/// <summary>Engine against reference: the losses, and every trained tensor's gradient against central differences.</summary>
internal static class GradientCheck
{
    /// <summary>The largest difference that is allowed, relative to the norm of what is compared.</summary>
    public const double Tolerance = 1e-4;

    public static void Run(ReferenceProblem problem, int threads = 1)
    {
        problem = Uncorrupted(problem);
        using var step = new EngineStep(problem, threads);
        var engine = step.ForwardBackward();
        CompareLosses(engine, ReferenceLoss.Of(problem));

        var exact = problem.Tensors.Keys.ToDictionary(name => name, name => ReferenceLoss.Gradient(problem, name));
        Compare(exact, name => step.TrainingStep.Gradients.Export(name));
    }

    /// <summary>
    /// Engine against reference for a larger minibatch, in several pieces on several threads: the losses, and for every tensor the
    /// derivative in one random direction.
    /// </summary>
    public static void RunDirections(ReferenceProblem problem, int threads)
    {
        problem = Uncorrupted(problem);
        using var step = new EngineStep(problem, threads);
        CompareLosses(step.ForwardBackward(), ReferenceLoss.Of(problem));
        var random = new Random(17);
        var directions = problem.Tensors.ToDictionary(
            tensor => tensor.Key, tensor => Array.ConvertAll(tensor.Value, _ => 2 * random.NextDouble() - 1));
        var exact = directions.ToDictionary(
            direction => direction.Key, direction => new[] { ReferenceLoss.Derivative(problem, direction.Key, direction.Value) });
        Compare(exact, name => [(float)directions[name].Zip(step.TrainingStep.Gradients.Export(name), (v, g) => v * g).Sum()]);
    }

    public static void CompareLosses(ReferenceLosses engine, ReferenceLosses reference)
    {
        Check("loss", engine.Loss, reference.Loss);
        Check("reconstruction", engine.Reconstruction, reference.Reconstruction);
        Check("KL", engine.KullbackLeibler, reference.KullbackLeibler);
        Check("regularizer", engine.Regularizer, reference.Regularizer);
    }

    /// <summary>
    /// Compares gradients tensor by tensor. Where a tensor's own gradient nearly cancels out (a bias before batch normalization), the
    /// measure is a hundredth of the root mean square norm of all.
    /// </summary>
    public static void Compare(Dictionary<string, double[]> exact, Func<string, float[]> gradientOf)
    {
        double typical = Math.Sqrt(exact.Values.Average(SquaredNorm));
        typical.Should().BeGreaterThan(1e-3, "a gradient of zero would agree with anything");
        foreach (var (name, expected) in exact)
        {
            float[] gradient = gradientOf(name);
            gradient.Should().HaveSameCount(expected, name);
            double difference = Math.Sqrt(SquaredNorm(gradient.Zip(expected, (g, e) => g - e)));
            double scale = Math.Max(Math.Sqrt(SquaredNorm(expected)), 0.01 * typical);
            difference.Should().BeLessThan(Tolerance * scale, "the gradient by {0} has the norm {1}", name, scale);
        }
    }

    /// <summary>The reference knows no random corruption of the input.</summary>
    private static ReferenceProblem Uncorrupted(ReferenceProblem problem) =>
        problem with { Options = problem.Options with { InputNoise = 0, InputMasking = 0 } };

    private static void Check(string name, double actual, double expected) =>
        Math.Abs(actual - expected)
            .Should().BeLessThan(1e-5 * Math.Max(1, Math.Abs(expected)), "the {0} is {1} and not {2}", name, expected, actual);

    private static double SquaredNorm(IEnumerable<double> values) => values.Sum(value => value * value);
}
