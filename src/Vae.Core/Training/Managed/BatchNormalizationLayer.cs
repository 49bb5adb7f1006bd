using Vae.Losses;
using Vae.Networks;
using Vae.Numerics;
using Vae.Numerics.Elementwise;
using Vae.Options;

namespace Vae.Training.Managed;

/// <summary>
/// y = γ·(x − m)/√(v + ε) + β, per unit, with the minibatch's mean m and (biased) variance v in training and their running averages in use
/// (Ioffe &amp; Szegedy 2015). The running variance averages the unbiased variance, with momentum 0.1, as PyTorch does.
/// </summary>
internal sealed class BatchNormalizationLayer : Pass
{
    private readonly string _scaleName;
    private readonly string _shiftName;
    private readonly string _meanName;
    private readonly string _varianceName;
    private readonly TensorSet _weights;
    private readonly TensorSet _gradients;
    private readonly TensorSet _buffers;
    private readonly ValueAndGradient _input;
    private readonly ValueAndGradient _output;
    private readonly Matrix _normalized;
    private readonly float[] _reciprocalDeviations;
    private readonly double[] _sums;
    private readonly double[] _otherSums;

    public BatchNormalizationLayer(
        DenseShape shape, VaeParameters parameters, TensorSet gradients, ValueAndGradient input, ValueAndGradient output)
    {
        _scaleName = TensorNames.Scale(shape);
        _shiftName = TensorNames.Shift(shape);
        _meanName = TensorNames.RunningMean(shape);
        _varianceName = TensorNames.RunningVariance(shape);
        _weights = parameters.Weights;
        _gradients = gradients;
        _buffers = parameters.Buffers;
        _input = input;
        _output = output;
        _normalized = new Matrix(input.Value.Rows, input.Value.Columns);
        _reciprocalDeviations = new float[shape.Outputs];
        _sums = new double[shape.Outputs];
        _otherSums = new double[shape.Outputs];
    }

    public override bool NeedsWholeBatch => true;

    public override void Forward(StepInfo step, int first, int count)
    {
        var means = _buffers.Row(_meanName);
        var variances = _buffers.Row(_varianceName);
        if (step.Training)
            Measure(count, means, variances);
        else
            TakeRunning(means, variances);

        var scale = _weights.Row(_scaleName);
        var shift = _weights.Row(_shiftName);
        for (int row = 0; row < count; row++)
        {
            var x = _input.Value.Row(row);
            var normalized = _normalized.Row(row);
            var y = _output.Value.Row(row);
            for (int unit = 0; unit < y.Length; unit++)
            {
                normalized[unit] = (float)(x[unit] - _sums[unit]) * _reciprocalDeviations[unit];
                y[unit] = scale[unit] * normalized[unit] + shift[unit];
            }
        }
    }

    public override void Backward(StepInfo step, int first, int count)
    {
        Array.Clear(_sums);
        Array.Clear(_otherSums);
        for (int row = 0; row < count; row++)
        {
            var dy = _output.Gradient.Row(row);
            var normalized = _normalized.Row(row);
            for (int unit = 0; unit < dy.Length; unit++)
            {
                _sums[unit] += dy[unit];
                _otherSums[unit] += (double)dy[unit] * normalized[unit];
            }
        }

        var scale = _weights.Row(_scaleName);
        var scaleGradient = _gradients.Row(_scaleName);
        var shiftGradient = _gradients.Row(_shiftName);
        for (int unit = 0; unit < scale.Length; unit++)
        {
            shiftGradient[unit] = (float)_sums[unit];
            scaleGradient[unit] = (float)_otherSums[unit];
            _sums[unit] /= count;
            _otherSums[unit] /= count;
        }

        for (int row = 0; row < count; row++)
        {
            var dy = _output.Gradient.Row(row);
            var dx = _input.Gradient.Row(row);
            var normalized = _normalized.Row(row);
            for (int unit = 0; unit < dx.Length; unit++)
            {
                float difference = (float)(dy[unit] - _sums[unit] - normalized[unit] * _otherSums[unit]);
                dx[unit] = scale[unit] * _reciprocalDeviations[unit] * difference;
            }

            TinyNumbers.ToZero(dx);
        }
    }

    private void Measure(int count, Span<float> runningMeans, Span<float> runningVariances)
    {
        Array.Clear(_sums);
        Array.Clear(_otherSums);
        for (int row = 0; row < count; row++)
        {
            var x = _input.Value.Row(row);
            for (int unit = 0; unit < x.Length; unit++)
                _sums[unit] += x[unit];
        }

        for (int unit = 0; unit < _sums.Length; unit++)
            _sums[unit] /= count;
        for (int row = 0; row < count; row++)
        {
            var x = _input.Value.Row(row);
            for (int unit = 0; unit < x.Length; unit++)
            {
                double deviation = x[unit] - _sums[unit];
                _otherSums[unit] += deviation * deviation;
            }
        }

        for (int unit = 0; unit < _sums.Length; unit++)
        {
            double variance = _otherSums[unit] / count;
            _reciprocalDeviations[unit] = (float)(1 / Math.Sqrt(variance + VaeOptions.NormalizationEpsilon));
            runningMeans[unit] += VaeOptions.NormalizationMomentum * (float)(_sums[unit] - runningMeans[unit]);
            double unbiased = _otherSums[unit] / Math.Max(1, count - 1);
            runningVariances[unit] += VaeOptions.NormalizationMomentum * (float)(unbiased - runningVariances[unit]);
        }
    }

    private void TakeRunning(ReadOnlySpan<float> means, ReadOnlySpan<float> variances)
    {
        for (int unit = 0; unit < means.Length; unit++)
        {
            _sums[unit] = means[unit];
            _reciprocalDeviations[unit] = 1 / MathF.Sqrt(variances[unit] + VaeOptions.NormalizationEpsilon);
        }
    }
}
