namespace Vae.Tests.Reference;

/// <summary>
/// The loss of a VAE written down once more, in double precision, with loops that follow the formulas and have no other virtue:
/// what the engine's values and gradients are measured by.
/// </summary>
internal static class ReferenceLoss
{
    public static ReferenceLosses Of(ReferenceProblem problem)
    {
        int k = problem.Options.LatentDimension;
        var network = new ReferenceNetwork(problem);
        var heads = network.Encode(Array.ConvertAll(problem.Rows, row => Array.ConvertAll(row, value => double.IsNaN(value) ? 0 : value)));
        var means = Array.ConvertAll(heads, head => head[..k]);
        var logVariances = Array.ConvertAll(heads, head => Array.ConvertAll(head[k..], value => Math.Min(Math.Max(value, -20), 10)));
        var latents = new double[heads.Length][];
        for (int row = 0; row < heads.Length; row++)
        {
            var sample = means[row].Select((mean, d) => mean + Math.Exp(logVariances[row][d] / 2) * problem.Noise[row][d]);
            var conditions = problem.Rows[row][problem.Layout.SlotCount..].Select(value => double.IsNaN(value) ? 0 : value);
            latents[row] = [.. sample, .. conditions];
        }

        var outputs = network.Decode(latents);
        var reconstruction = new ReferenceReconstruction(problem);
        double reconstructions = 0;
        double divergences = 0;
        for (int row = 0; row < outputs.Length; row++)
        {
            double weight = problem.RowWeights[row] / outputs.Length;
            reconstructions += weight * reconstruction.Of(problem.Rows[row], outputs[row]);
            divergences += weight * means[row].Zip(logVariances[row], ReferencePosterior.Divergence).Sum();
        }

        double regularizer = RegularizerCases.Value(problem.Options.Regularizer, new ReferencePosterior
        {
            Means = means,
            LogVariances = logVariances,
            Latents = Array.ConvertAll(latents, latent => latent[..k]),
            Weights = Array.ConvertAll(problem.RowWeights, weight => weight / outputs.Length),
            Prior = problem.Prior,
            TableRows = problem.TableRows,
            Factor = problem.Factor,
        });
        return new ReferenceLosses(
            problem.Options.ReconstructionWeight * reconstructions + regularizer, reconstructions, divergences, regularizer);
    }

    /// <summary>∂L/∂w of every value of one tensor, by central differences.</summary>
    public static double[] Gradient(ReferenceProblem problem, string tensor)
    {
        var axis = new double[problem.Tensors[tensor].Length];
        var gradient = new double[axis.Length];
        for (int i = 0; i < axis.Length; i++)
        {
            axis[i] = 1;
            gradient[i] = Derivative(problem, tensor, axis);
            axis[i] = 0;
        }

        return gradient;
    }

    /// <summary>The derivative of the loss as one tensor moves in a direction, by central differences.</summary>
    public static double Derivative(ReferenceProblem problem, string tensor, double[] direction)
    {
        const double step = 1e-5;
        double[] values = problem.Tensors[tensor];
        double LossAt(double distance)
        {
            double[] moved = [.. values.Zip(direction, (value, part) => value + distance * part)];
            return Of(problem with { Tensors = new Dictionary<string, double[]>(problem.Tensors) { [tensor] = moved } }).Loss;
        }

        return (LossAt(step) - LossAt(-step)) / (2 * step);
    }
}
