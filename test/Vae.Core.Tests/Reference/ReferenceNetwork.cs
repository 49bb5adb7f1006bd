using Vae.Options;

namespace Vae.Tests.Reference;

/// <summary>Encoder and decoder, one unit after the other.</summary>
internal sealed class ReferenceNetwork(ReferenceProblem problem)
{
    private readonly int _hidden = problem.Options.HiddenLayers.Count;

    /// <summary>Rows (with conditions, missing values 0) to μ and log σ², the latter not clamped.</summary>
    public double[][] Encode(double[][] rows)
    {
        for (int i = 0; i < _hidden; i++)
            rows = Hidden($"encoder.{i}", rows, besideBottleneck: i == _hidden - 1);
        return Dense("encoder.head", rows);
    }

    /// <summary>Latent vectors with conditions to one parameter per slot.</summary>
    public double[][] Decode(double[][] latents)
    {
        for (int i = 0; i < _hidden; i++)
            latents = Hidden($"decoder.{i}", latents, besideBottleneck: i == 0);
        return Dense("decoder.output", latents);
    }

    private double[][] Hidden(string name, double[][] rows, bool besideBottleneck)
    {
        var options = problem.Options;
        rows = Dense(name, rows);
        if (options.BatchNormalization) Normalize(name, rows);
        bool linear = besideBottleneck && options.LinearBottleneck && _hidden >= 2;
        foreach (double[] row in rows)
        {
            for (int unit = 0; unit < row.Length; unit++)
                row[unit] = ReferenceActivation.Apply(linear ? Activation.Identity : options.Activation, row[unit]);
        }

        return rows;
    }

    private double[][] Dense(string name, double[][] rows)
    {
        double[] weights = problem.Tensors[name + ".weight"];
        double[] bias = problem.Tensors[name + ".bias"];
        return Array.ConvertAll(rows, row =>
        {
            var outputs = new double[bias.Length];
            for (int unit = 0; unit < bias.Length; unit++)
            {
                outputs[unit] = bias[unit];
                for (int input = 0; input < row.Length; input++)
                    outputs[unit] += row[input] * weights[input * bias.Length + unit];
            }

            return outputs;
        });
    }

    private void Normalize(string name, double[][] rows)
    {
        for (int unit = 0; unit < rows[0].Length; unit++)
        {
            int at = unit;
            double mean = problem.Training ? rows.Average(row => row[at]) : problem.Buffers[name + ".norm.mean"][unit];
            double variance = problem.Training
                ? rows.Average(row => (row[at] - mean) * (row[at] - mean))
                : problem.Buffers[name + ".norm.variance"][unit];
            foreach (double[] row in rows)
            {
                row[unit] = (row[unit] - mean) / Math.Sqrt(variance + 1e-5) * problem.Tensors[name + ".norm.scale"][unit]
                    + problem.Tensors[name + ".norm.shift"][unit];
            }
        }
    }
}
