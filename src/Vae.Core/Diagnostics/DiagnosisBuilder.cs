using Vae.Inference;
using Vae.Losses.Latent;

namespace Vae.Diagnostics;

/// <summary>Measures a trained model on rows that are added one by one. It keeps no more of them than the model takes at a time.</summary>
internal sealed class DiagnosisBuilder
{
    /// <summary>A dimension whose mean varies more than this is active (Burda et al. 2016).</summary>
    private const double ActiveVariance = 0.01;

    /// <summary>The values, at most, of the rows that are kept: what few very wide rows may take.</summary>
    private const int MostValues = 1 << 20;

    private readonly RowEvaluator _evaluator;
    private readonly RowProfileBuilder? _profile;
    private readonly FeatureFit[] _features;
    private readonly double[] _divergences;
    private readonly RunningVariance[] _variances;
    private readonly float[] _rows;
    private readonly float[] _means;
    private readonly float[] _logVariances;
    private readonly float[] _reconstructions;
    private readonly float[] _scores;
    private readonly bool[] _areHeldOut;
    private double _scoreSum;
    private bool _allHeldOut = true;
    private int _count;
    private int _waiting;

    /// <param name="evaluator">The model.</param>
    /// <param name="profile">Is told of each row, too.</param>
    public DiagnosisBuilder(RowEvaluator evaluator, RowProfileBuilder? profile = null)
    {
        _evaluator = evaluator;
        _profile = profile;
        var layout = evaluator.Layout;
        int dimensions = evaluator.LatentDimension;
        int capacity = Math.Clamp(MostValues / layout.RowWidth, 1, RowEncoder.BlockRows);
        _features = [.. layout.Features.Select(feature => FeatureFit.Of(feature, evaluator.Standardization))];
        _divergences = new double[dimensions];
        _variances = new RunningVariance[dimensions];
        _rows = new float[capacity * layout.RowWidth];
        _means = new float[capacity * dimensions];
        _logVariances = new float[capacity * dimensions];
        _reconstructions = new float[capacity * layout.SlotCount];
        _scores = new float[capacity];
        _areHeldOut = new bool[capacity];
    }

    /// <summary>Takes a row.</summary>
    /// <param name="row">The row in original units, NaN where missing.</param>
    /// <param name="heldOut">Whether it was held out of the training.</param>
    public void Add(ReadOnlySpan<float> row, bool heldOut)
    {
        row.CopyTo(_rows.AsSpan(_waiting * row.Length));
        _areHeldOut[_waiting] = heldOut;
        _allHeldOut &= heldOut;
        if (++_waiting == _scores.Length) Measure();
    }

    /// <summary>Writes down what the model did with the rows; the findings are for others to make.</summary>
    public VaeDiagnosis Build()
    {
        Measure();
        double[] divergences = Array.ConvertAll(_divergences, sum => sum / _count);
        double[] variances = Array.ConvertAll(_variances, values => values.Variance);
        double divergence = divergences.Sum();
        return new VaeDiagnosis
        {
            Rows = _count,
            HeldOut = _allHeldOut,
            Reconstruction = _scoreSum / _count - divergence,
            KullbackLeibler = divergence,
            KullbackLeiblerPerDimension = divergences,
            MeanVariancePerDimension = variances,
            ActiveUnits = variances.Count(variance => variance > ActiveVariance),
            NoiseScale = _evaluator.NoiseScale,
            Features = Array.ConvertAll(_features, feature => feature.Quality),
            Findings = [],
        };
    }

    private void Measure()
    {
        _evaluator.Evaluate(_rows, _waiting, new RowOutputs
        {
            Means = _means,
            LogVariances = _logVariances,
            Reconstructions = _reconstructions,
            Scores = _scores,
        });
        int width = _evaluator.Layout.RowWidth, dimensions = _divergences.Length;
        for (int row = 0; row < _waiting; row++)
        {
            _scoreSum += _scores[row];
            var means = _means.AsSpan(row * dimensions, dimensions);
            _profile?.Add(_rows.AsSpan(row * width, width), means, _scores[row], _areHeldOut[row]);
        }

        for (int d = 0; d < _divergences.Length; d++)
            MeasureDimension(d);
        foreach (var feature in _features)
            MeasureFeature(feature);
        _count += _waiting;
        _waiting = 0;
    }

    private void MeasureDimension(int d)
    {
        for (int row = 0; row < _waiting; row++)
        {
            int index = row * _divergences.Length + d;
            float logVariance = _logVariances[index];
            _divergences[d] += KullbackLeibler.OfDimension(_means[index], logVariance, MathF.Exp(logVariance));
            _variances[d].Add(_means[index]);
        }
    }

    private void MeasureFeature(FeatureFit feature)
    {
        var layout = _evaluator.Layout;
        for (int row = 0; row < _waiting; row++)
        {
            feature.Add(
                _rows.AsSpan(row * layout.RowWidth, layout.RowWidth),
                _reconstructions.AsSpan(row * layout.SlotCount, layout.SlotCount));
        }
    }
}
