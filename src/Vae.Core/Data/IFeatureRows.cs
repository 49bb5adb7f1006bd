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
