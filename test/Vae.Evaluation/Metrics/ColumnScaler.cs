using Vae.Samples;

namespace Vae.Evaluation.Metrics;

/// <summary>Mean and standard deviation of each coordinate.</summary>
internal sealed class ColumnScaler
{
    private readonly double[] _means;
    private readonly double[] _deviations;

    private ColumnScaler(double[] means, double[] deviations)
    {
        _means = means;
        _deviations = deviations;
    }

    public static ColumnScaler Of(Embedding rows)
    {
        var means = new double[rows.Dimension];
        var deviations = new double[rows.Dimension];
        for (int column = 0; column < rows.Dimension; column++)
        {
            double[] values = [.. Enumerable.Range(0, rows.Count).Select(row => (double)rows.Row(row)[column])];
            means[column] = values.Average();
            double deviation = Math.Sqrt(values.Average(value => (value - means[column]) * (value - means[column])));
            deviations[column] = deviation > 1e-12 ? deviation : 1;
        }

        return new ColumnScaler(means, deviations);
    }

    /// <summary>The standardised coordinates of each row, and a 1 behind them for the intercept.</summary>
    public double[][] Apply(Embedding rows)
    {
        var scaled = new double[rows.Count][];
        for (int row = 0; row < rows.Count; row++)
        {
            scaled[row] = new double[rows.Dimension + 1];
            for (int column = 0; column < rows.Dimension; column++)
                scaled[row][column] = (rows.Row(row)[column] - _means[column]) / _deviations[column];
            scaled[row][^1] = 1;
        }

        return scaled;
    }
}
