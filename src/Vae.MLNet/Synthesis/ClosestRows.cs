using System.Numerics.Tensors;
using Vae.Data;

namespace Vae.MLNet.Synthesis;

/// <summary>The distance of rows to the closest training row (Gower 1971).</summary>
internal sealed class ClosestRows
{
    /// <summary>Distances of so many rows tell enough, and each costs a pass over the training rows.</summary>
    private const int MostRows = 2_000;

    private readonly float[] _scales;
    private readonly float[][] _scaled;

    public ClosestRows(ComparedRows training)
    {
        _scales = new float[training.Layout.SlotCount];
        foreach (var feature in training.Layout.Features)
        {
            // Two categories differ in two slots of a group.
            float scale = feature.Kind switch
            {
                FeatureKind.OneHot => 0.5f,
                FeatureKind.Binary => 1,
                _ => 1 / Range(training.Column(feature.Start)),
            };
            _scales.AsSpan(feature.Start, feature.Length).Fill(scale / training.Layout.Features.Count);
        }

        _scaled = [.. Enumerable.Range(0, training.Count).Select(row => Scale(training[row]))];
    }

    /// <summary>The distances of rows, up to <see cref="MostRows"/> evenly spaced ones.</summary>
    public ClosestDistances To(ComparedRows rows)
    {
        int count = Math.Min(MostRows, rows.Count);
        var distances = new double[count];
        Parallel.For(0, count, i => distances[i] = Closest(Scale(rows[(int)((long)i * rows.Count / count)])));
        Array.Sort(distances);
        return new ClosestDistances(
            distances[count / 2], distances[count / 20], (double)distances.Count(distance => distance == 0) / count);
    }

    private double Closest(float[] row)
    {
        var differences = new float[row.Length];
        float closest = float.MaxValue;
        foreach (float[] other in _scaled)
        {
            TensorPrimitives.Subtract(row, other, differences);
            closest = Math.Min(closest, TensorPrimitives.SumOfMagnitudes<float>(differences));
        }

        return closest;
    }

    private float[] Scale(ReadOnlySpan<float> row)
    {
        var scaled = new float[_scales.Length];
        for (int slot = 0; slot < scaled.Length; slot++)
            scaled[slot] = float.IsNaN(row[slot]) ? 0 : row[slot] * _scales[slot];
        return scaled;
    }

    private static float Range(float[] values)
    {
        var observed = values.Where(value => !float.IsNaN(value)).DefaultIfEmpty(0);
        float range = observed.Max() - observed.Min();
        return range > 0 ? range : 1;
    }
}
