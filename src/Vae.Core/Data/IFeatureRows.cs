namespace Vae.Data;

/// <summary>
/// The rows of a table, in original units. They need not fit in memory: training reads them once, and keeps what it reads again itself.
/// <see cref="MatrixRows"/> wraps rows that are in memory.
/// </summary>
public interface IFeatureRows
{
    /// <summary>What the slots of a row mean.</summary>
    FeatureLayout Layout { get; }

    /// <summary>Whether rows carry weights of their own; without, every row weighs 1.</summary>
    bool HasWeights { get; }

    /// <summary>Starts a reading from the first row.</summary>
    IFeatureRowReader Open();
}

/// <summary>One reading of the rows of a table, from the first to the last.</summary>
public interface IFeatureRowReader : IDisposable
{
    /// <summary>Reads the next rows.</summary>
    /// <param name="rows">
    /// Receives the rows one behind the other, each <see cref="FeatureLayout.RowWidth"/> values long; NaN is missing.
    /// </param>
    /// <param name="weights">
    /// Receives one weight per row of <paramref name="rows"/> where the table has weights; otherwise empty.
    /// </param>
    /// <returns>The number of rows read; 0 at the end of the table.</returns>
    int Read(Span<float> rows, Span<float> weights);
}
