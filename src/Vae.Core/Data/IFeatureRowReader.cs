namespace Vae.Data;

/// <summary>One reading of the rows of a table, from the first to the last.</summary>
public interface IFeatureRowReader : IDisposable
{
    /// <summary>Reads the next rows.</summary>
    /// <param name="rows">Receives the rows one behind the other, each <see cref="FeatureLayout.RowWidth"/> values long; NaN is missing.</param>
    /// <param name="weights">Receives one weight per row where the table has weights; otherwise empty. As many as there are rows in <paramref name="rows"/>.</param>
    /// <returns>The number of rows read; 0 at the end of the table.</returns>
    int Read(Span<float> rows, Span<float> weights);
}
