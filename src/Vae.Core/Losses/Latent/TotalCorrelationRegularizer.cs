using Vae.Numerics;

namespace Vae.Losses.Latent;

/// <summary>
/// KL + (β − 1)·TC. Of M rows out of N, log q(z_i) ≈ logsumexp_j Σ_d a_ijd − log NM and log q(z_id) ≈ logsumexp_j a_ijd − log NM, with
/// a_ijd = log N(z_id; μ_jd, σ²_jd); TC is the mean over i of log q(z_i) − Σ_d log q(z_id).
/// </summary>
internal sealed class TotalCorrelationRegularizer : Regularizer
{
    private static readonly float LogTwoPi = MathF.Log(2 * MathF.PI);

    private readonly float _weight;
    private readonly long _tableRows;
    private readonly Matrix _logDensities;
    private readonly float[] _jointLogs;
    private readonly float[] _dimensionLogs;

    public TotalCorrelationRegularizer(double beta, int dimension, int rows, long tableRows)
        : base(1)
    {
        _weight = (float)(beta - 1);
        _tableRows = tableRows;
        _logDensities = new Matrix(rows, dimension);
        _jointLogs = new float[rows];
        _dimensionLogs = new float[dimension];
    }

    public override void Complete(StepInfo step, LatentPosterior posterior, int first, int count)
    {
        double constant = (posterior.Dimension - 1) * Math.Log((double)_tableRows * count);
        for (int row = 0; row < count; row++)
        {
            double correlation = Measure(posterior, row, count) + constant;
            posterior.Terms[row] += (float)(step.Factor * _weight * correlation);
            posterior.FullTerms[row] += (float)(_weight * correlation);
            AddGradients(posterior, row, count, posterior.RowWeights[row] * step.Factor * _weight);
        }
    }

    /// <summary>logsumexp_j Σ_d a_ijd − Σ_d logsumexp_j a_ijd for row i; keeps the a_ijd and the logarithms.</summary>
    private double Measure(LatentPosterior posterior, int row, int count)
    {
        var latent = posterior.Latent.Value.Row(row);
        for (int other = 0; other < count; other++)
        {
            var mean = posterior.Mean(other);
            var logVariance = posterior.LogVariance(other);
            var logs = _logDensities.Row(other);
            float sum = 0;
            for (int d = 0; d < logs.Length; d++)
            {
                float log = LogVariance.Clamp(logVariance[d]);
                float difference = latent[d] - mean[d];
                logs[d] = -0.5f * (LogTwoPi + log + difference * difference * MathF.Exp(-log));
                sum += logs[d];
            }

            _jointLogs[other] = sum;
        }

        double joint = LogSumExp(count, static (term, other, _) => term._jointLogs[other], 0);
        for (int other = 0; other < count; other++)
            _jointLogs[other] -= (float)joint;
        for (int d = 0; d < posterior.Dimension; d++)
        {
            _dimensionLogs[d] = (float)LogSumExp(count, static (term, other, dimension) => term._logDensities.Row(other)[dimension], d);
            joint -= _dimensionLogs[d];
        }

        return joint;
    }

    private void AddGradients(LatentPosterior posterior, int row, int count, float weight)
    {
        var latent = posterior.Latent.Value.Row(row);
        var latentGradient = posterior.Latent.Gradient.Row(row);
        for (int other = 0; other < count; other++)
        {
            var mean = posterior.Mean(other);
            var logVariance = posterior.LogVariance(other);
            var meanGradient = posterior.MeanGradient(other);
            var logVarianceGradient = posterior.LogVarianceGradient(other);
            var logs = _logDensities.Row(other);
            float jointShare = MathF.Exp(_jointLogs[other]);
            for (int d = 0; d < logs.Length; d++)
            {
                float share = weight * (jointShare - MathF.Exp(logs[d] - _dimensionLogs[d]));
                float precision = MathF.Exp(-LogVariance.Clamp(logVariance[d]));
                float difference = latent[d] - mean[d];
                latentGradient[d] -= share * difference * precision;
                meanGradient[d] += share * difference * precision;
                if (!LogVariance.IsClamped(logVariance[d]))
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
