using Vae.Numerics;

namespace Vae.Losses.Latent;

/// <summary>
/// KL + (β − 1)·TC. Of M rows out of N, log q(z_i) ≈ logsumexp_j Σ_d a_ijd − log NM and log q(z_id) ≈ logsumexp_j a_ijd − log NM, with
/// a_ijd = log N(z_id; μ_jd, σ²_jd); TC is the mean over i of log q(z_i) − Σ_d log q(z_id).
/// </summary>
internal sealed class TotalCorrelationRegularizer : Regularizer
{
    private static readonly float LogTwoPi = MathF.Log(2 * MathF.PI);

    private readonly KullbackLeiblerRegularizer _divergence = new(1);
    private readonly float _weight;
    private readonly Matrix _logDensities;
    private readonly float[] _jointLogs;
    private readonly float[] _dimensionLogs;

    public TotalCorrelationRegularizer(double beta, int dimension, int rows)
    {
        _weight = (float)(beta - 1);
        _logDensities = new Matrix(rows, dimension);
        _jointLogs = new float[rows];
        _dimensionLogs = new float[dimension];
    }

    public override bool NeedsWholeBatch => true;

    public override void Evaluate(LatentBatch batch, int first, int count, float[] values)
    {
        _divergence.Evaluate(batch, first, count, values);
        double constant = (batch.Dimension - 1) * Math.Log((double)batch.TableRows * count);
        for (int row = 0; row < count; row++)
        {
            double correlation = Measure(batch, row, count) + constant;
            values[row] += (float)(batch.Factor * _weight * correlation);
            AddGradients(batch, row, count, batch.RowWeights[row] * batch.Factor * _weight);
        }
    }

    /// <summary>logsumexp_j Σ_d a_ijd − Σ_d logsumexp_j a_ijd for row i; keeps the a_ijd and the logarithms.</summary>
    private double Measure(LatentBatch batch, int row, int count)
    {
        var latent = batch.Latent.Value.Row(row);
        for (int other = 0; other < count; other++)
        {
            var mean = batch.Mean(other);
            var logVariance = batch.LogVariance(other);
            var logs = _logDensities.Row(other);
            float sum = 0;
            for (int d = 0; d < logs.Length; d++)
            {
                float log = LatentBatch.Clamp(logVariance[d]);
                float difference = latent[d] - mean[d];
                logs[d] = -0.5f * (LogTwoPi + log + difference * difference * MathF.Exp(-log));
                sum += logs[d];
            }

            _jointLogs[other] = sum;
        }

        double joint = LogSumExp(count, static (term, other, _) => term._jointLogs[other], 0);
        for (int other = 0; other < count; other++)
            _jointLogs[other] -= (float)joint;
        for (int d = 0; d < batch.Dimension; d++)
        {
            _dimensionLogs[d] = (float)LogSumExp(count, static (term, other, dimension) => term._logDensities.Row(other)[dimension], d);
            joint -= _dimensionLogs[d];
        }

        return joint;
    }

    private void AddGradients(LatentBatch batch, int row, int count, float weight)
    {
        var latent = batch.Latent.Value.Row(row);
        var latentGradient = batch.Latent.Gradient.Row(row);
        for (int other = 0; other < count; other++)
        {
            var mean = batch.Mean(other);
            var logVariance = batch.LogVariance(other);
            var meanGradient = batch.MeanGradient(other);
            var logVarianceGradient = batch.LogVarianceGradient(other);
            var logs = _logDensities.Row(other);
            float jointShare = MathF.Exp(_jointLogs[other]);
            for (int d = 0; d < logs.Length; d++)
            {
                float share = weight * (jointShare - MathF.Exp(logs[d] - _dimensionLogs[d]));
                float precision = MathF.Exp(-LatentBatch.Clamp(logVariance[d]));
                float difference = latent[d] - mean[d];
                latentGradient[d] -= share * difference * precision;
                meanGradient[d] += share * difference * precision;
                if (!LatentBatch.IsClamped(logVariance[d]))
                    logVarianceGradient[d] += share * 0.5f * (difference * difference * precision - 1);
            }
        }
    }

    private double LogSumExp(int count, Func<TotalCorrelationRegularizer, int, int, float> value, int dimension)
    {
        float largest = float.NegativeInfinity;
        for (int other = 0; other < count; other++)
            largest = MathF.Max(largest, value(this, other, dimension));
        double sum = 0;
        for (int other = 0; other < count; other++)
            sum += Math.Exp(value(this, other, dimension) - largest);
        return largest + Math.Log(sum);
    }
}
