using System.Numerics.Tensors;
using Vae.Evaluation.Data;

namespace Vae.Evaluation.Metrics;

/// <summary>Classification by the majority of the five nearest training rows; a tie goes to the first class.</summary>
internal static class NearestNeighbours
{
    private const int Neighbours = 5;

    public static double Accuracy(Embedding training, int[] trainingLabels, Embedding heldOut, int[] heldOutLabels, int classes)
    {
        int right = 0;
        for (int row = 0; row < heldOut.Count; row++)
        {
            if (Classify(training, trainingLabels, heldOut.Row(row), classes) == heldOutLabels[row]) right++;
        }

        return (double)right / heldOut.Count;
    }

    private static int Classify(Embedding training, int[] labels, ReadOnlySpan<float> point, int classes)
    {
        Span<float> distances = stackalloc float[Neighbours];
        Span<int> nearest = stackalloc int[Neighbours];
        distances.Fill(float.PositiveInfinity);
        for (int row = 0; row < training.Count; row++)
        {
            float distance = Squared(training.Row(row), point);
            if (distance >= distances[^1]) continue;
            int place = Neighbours - 1;
            for (; place > 0 && distance < distances[place - 1]; place--)
            {
                distances[place] = distances[place - 1];
                nearest[place] = nearest[place - 1];
            }

            distances[place] = distance;
            nearest[place] = labels[row];
        }

        Span<int> votes = stackalloc int[classes];
        foreach (int label in nearest)
            votes[label]++;
        return TensorPrimitives.IndexOfMax<int>(votes);
    }

    private static float Squared(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        float sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        return sum;
    }
}
