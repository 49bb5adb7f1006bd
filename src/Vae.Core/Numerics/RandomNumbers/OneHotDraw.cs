using System.Numerics.Tensors;

namespace Vae.Numerics.RandomNumbers;

/// <summary>Draws a category.</summary>
internal static class OneHotDraw
{
    /// <summary>Replaces non-negative weights by a one-hot vector: each slot with a probability in proportion to its weight.</summary>
    public static void Replace(Span<float> weights, Random random)
    {
        double remaining = random.NextDouble() * TensorPrimitives.Sum<float>(weights);
        int chosen = 0;
        while (chosen < weights.Length - 1 && (remaining -= weights[chosen]) >= 0)
            chosen++;
        weights.Clear();
        weights[chosen] = 1;
    }
}
