using Vae.Numerics.RandomNumbers;
using Vae.Options;

namespace Vae.Networks;

/// <summary>The weights before training: uniform by fan-in and fan-out (Glorot &amp; Bengio 2010), biases 0.</summary>
internal static class WeightInitialization
{
    /// <summary>Sets every weight and buffer as a function of the seed.</summary>
    public static void Initialize(VaeParameters parameters, ulong seed)
    {
        ulong element = 0;
        foreach (var dense in parameters.Shape.Encoder.Concat(parameters.Shape.Decoder))
        {
            float bound = MathF.Sqrt(6f / (dense.Inputs + dense.Outputs));
            for (int row = 0; row < dense.Inputs; row++)
            {
                var weights = parameters.Weights.Row(TensorNames.Weight(dense), row);
                CounterRandom.FillUniform(seed, RandomStreams.Initialization, element, weights);
                element += (ulong)weights.Length;
                for (int i = 0; i < weights.Length; i++)
                    weights[i] = bound * (2 * weights[i] - 1);
            }

            if (!dense.BatchNormalization) continue;
            parameters.Weights.Row(TensorNames.Scale(dense)).Fill(1);
            parameters.Buffers.Row(TensorNames.RunningVariance(dense)).Fill(1);
        }

        if (parameters.Shape.Buffers.Contains(TensorNames.MeanSquaredError))
            parameters.Buffers.Row(TensorNames.MeanSquaredError).Fill(1);
    }
}
