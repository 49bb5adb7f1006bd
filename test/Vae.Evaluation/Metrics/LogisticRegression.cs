using MathNet.Numerics.LinearAlgebra;
using Vae.Samples;

namespace Vae.Evaluation.Metrics;

/// <summary>
/// Logistic regression on standardised coordinates that minimises Σ −log p(class) + ½‖weights‖² (scikit-learn's default, C = 1), by Newton
/// steps with halving. Two classes have one weight vector, more have one each (softmax).
/// </summary>
internal sealed class LogisticRegression
{
    private const int MostSteps = 100;

    private readonly int _features;
    private readonly int _outputs;
    private readonly double[] _weights;
    private readonly double[] _probabilities;

    private readonly ColumnScaler _scaler;

    private LogisticRegression(ColumnScaler scaler, int features, int classes)
    {
        _scaler = scaler;
        _features = features;
        _outputs = classes == 2 ? 1 : classes;
        _weights = new double[_outputs * (features + 1)];
        _probabilities = new double[_outputs];
    }

    public static double Accuracy(Embedding training, int[] trainingLabels, Embedding heldOut, int[] heldOutLabels, int classes) =>
        Fit(training, trainingLabels, classes).Accuracy(heldOut, heldOutLabels);

    public static LogisticRegression Fit(Embedding training, int[] labels, int classes)
    {
        var model = new LogisticRegression(ColumnScaler.Of(training), training.Dimension, classes);
        model.Fit(model._scaler.Apply(training), labels);
        return model;
    }

    public double Accuracy(Embedding rows, int[] labels)
    {
        double[][] points = _scaler.Apply(rows);
        return points.Where((point, row) => Classify(point) == labels[row]).Count() / (double)points.Length;
    }

    private int Classify(double[] point)
    {
        Score(point, _weights);
        if (_outputs == 1) return _probabilities[0] > 0 ? 1 : 0;
        return Array.IndexOf(_probabilities, _probabilities.Max());
    }

    private void Fit(double[][] points, int[] labels)
    {
        double loss = Loss(points, labels, _weights);
        for (int step = 0; step < MostSteps; step++)
        {
            double[] direction = NewtonDirection(points, labels);
            double length = 1;
            double[] trial;
            double trialLoss;
            do
            {
                trial = [.. _weights.Zip(direction, (weight, change) => weight - length * change)];
                trialLoss = Loss(points, labels, trial);
                length /= 2;
            }
            while (trialLoss > loss && length > 1e-6);
            if (trialLoss > loss) return;
            trial.CopyTo(_weights, 0);
            if (loss - trialLoss < 1e-9 * Math.Abs(loss)) return;
            loss = trialLoss;
        }
    }

    private double[] NewtonDirection(double[][] points, int[] labels)
    {
        int width = _features + 1;
        var gradient = new double[_weights.Length];
        var hessian = new double[_weights.Length, _weights.Length];
        for (int row = 0; row < points.Length; row++)
        {
            double[] point = points[row];
            Score(point, _weights);
            ToProbabilities();
            for (int a = 0; a < _outputs; a++)
            {
                double error = _probabilities[a] - Target(labels[row], a);
                for (int i = 0; i < width; i++)
                    gradient[a * width + i] += error * point[i];
                for (int b = 0; b <= a; b++)
                    AddOuter(hessian, a * width, b * width, point, _probabilities[a] * ((a == b ? 1 : 0) - _probabilities[b]));
            }
        }

        for (int i = 0; i < _weights.Length; i++)
        {
            double penalty = i % width == _features ? 1e-8 : 1;
            gradient[i] += (i % width == _features ? 0 : 1) * _weights[i];
            hessian[i, i] += penalty;
        }

        return Matrix<double>.Build.DenseOfArray(hessian).Cholesky().Solve(Vector<double>.Build.Dense(gradient)).AsArray();
    }

    private static void AddOuter(double[,] hessian, int firstRow, int firstColumn, double[] point, double factor)
    {
        for (int i = 0; i < point.Length; i++)
        {
            double scaled = factor * point[i];
            for (int j = 0; j < point.Length; j++)
                hessian[firstRow + i, firstColumn + j] += scaled * point[j];
        }
    }

    private double Loss(double[][] points, int[] labels, double[] weights)
    {
        double loss = 0;
        for (int row = 0; row < points.Length; row++)
        {
            Score(points[row], weights);
            double largest = Math.Max(_probabilities.Max(), 0);
            double sum = (_outputs == 1 ? Math.Exp(-largest) : 0) + _probabilities.Sum(score => Math.Exp(score - largest));
            double own = _outputs == 1 ? (labels[row] == 1 ? _probabilities[0] : 0) : _probabilities[labels[row]];
            loss += largest + Math.Log(sum) - own;
        }

        for (int i = 0; i < weights.Length; i++)
            loss += i % (_features + 1) == _features ? 0 : 0.5 * weights[i] * weights[i];
        return loss;
    }

    private void Score(double[] point, double[] weights)
    {
        for (int output = 0; output < _outputs; output++)
        {
            double sum = 0;
            for (int i = 0; i < point.Length; i++)
                sum += weights[output * point.Length + i] * point[i];
            _probabilities[output] = sum;
        }
    }

    private void ToProbabilities()
    {
        double largest = Math.Max(_probabilities.Max(), 0);
        double sum = _outputs == 1 ? Math.Exp(-largest) : 0;
        for (int i = 0; i < _outputs; i++)
            sum += _probabilities[i] = Math.Exp(_probabilities[i] - largest);
        for (int i = 0; i < _outputs; i++)
            _probabilities[i] /= sum;
    }

    private double Target(int label, int output) => (_outputs == 1 ? label == 1 : label == output) ? 1 : 0;
}
