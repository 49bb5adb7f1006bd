using System.Numerics.Tensors;
using Vae.Data;

namespace Vae.Diagnostics;

/// <summary>How well one numeric slot, binary slot or one-hot group is reconstructed, row by row.</summary>
internal abstract class FeatureFit
{
    /// <summary>What the rows so far say.</summary>
    public abstract FeatureQuality Quality { get; }

    /// <summary>The fit of a feature.</summary>
    public static FeatureFit Of(Feature feature, Standardization standardization) => feature.Kind switch
    {
        FeatureKind.OneHot => new OneHotFit(feature),
        FeatureKind.Numeric => new NumericFit(feature.Name, feature.Start, standardization.MapOf(feature.Start)),
        _ => new BinaryFit(feature.Name, feature.Start),
    };

    /// <summary>Takes a row in original units, NaN where missing, and its reconstruction.</summary>
    public abstract void Add(ReadOnlySpan<float> row, ReadOnlySpan<float> reconstruction);

    private sealed class NumericFit(string name, int slot, QuantileMap? map) : FeatureFit
    {
        private RunningVariance _actual;
        private double _residual;

        public override FeatureQuality Quality
        {
            get
            {
                double total = _actual.SquaredDeviations;
                double quality = total > 0 ? 1 - _residual / total : double.NaN;
                return new FeatureQuality(name, FeatureKind.Numeric, quality, _actual.IsEmpty ? double.NaN : 0);
            }
        }

        public override void Add(ReadOnlySpan<float> row, ReadOnlySpan<float> reconstruction)
        {
            if (float.IsNaN(row[slot])) return;
            double actual = Measure(row[slot]);
            double error = actual - Measure(reconstruction[slot]);
            _actual.Add(actual);
            _residual += error * error;
        }

        private double Measure(float value) => map is null ? value : map.Score(value);
    }

    private sealed class BinaryFit(string name, int slot) : FeatureFit
    {
        private double _count;
        private double _ones;
        private double _right;

        public override FeatureQuality Quality =>
            new(name, FeatureKind.Binary, _right / _count, Math.Max(_ones / _count, 1 - _ones / _count));

        public override void Add(ReadOnlySpan<float> row, ReadOnlySpan<float> reconstruction)
        {
            if (float.IsNaN(row[slot])) return;
            _count++;
            _ones += row[slot];
            if (reconstruction[slot] >= 0.5f == row[slot] >= 0.5f) _right++;
        }
    }

    private sealed class OneHotFit(Feature feature) : FeatureFit
    {
        private readonly int[] _counts = new int[feature.Length];
        private int _right;

        public override FeatureQuality Quality
        {
            get
            {
                double observed = _counts.Sum();
                return new FeatureQuality(feature.Name, FeatureKind.OneHot, _right / observed, _counts.Max() / observed);
            }
        }

        public override void Add(ReadOnlySpan<float> row, ReadOnlySpan<float> reconstruction)
        {
            int actual = feature.Of(row).IndexOf(1f);
            if (actual < 0) return;
            _counts[actual]++;
            if (TensorPrimitives.IndexOfMax(feature.Of(reconstruction)) == actual) _right++;
        }
    }
}
