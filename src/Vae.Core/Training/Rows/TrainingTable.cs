using Vae.Data;
using Vae.Options;

namespace Vae.Training.Rows;

/// <summary>
/// The rows of a training, epoch by epoch, in shuffled and standardized blocks: the other types of this room, put together.
/// </summary>
internal sealed class TrainingTable : IDisposable
{
    private readonly DataSplit _split;
    private readonly RowPass _pass;
    private readonly BlockReader _blocks;
    private readonly bool _hasUnitVariance;

    private TrainingTable(RowTable table, VaeOptions options, Standardization? standardization)
    {
        ulong seed = (ulong)options.Seed;
        _split = new DataSplit(table, options.ValidationFraction, seed);
        _hasUnitVariance = standardization is null && options.Standardization == StandardizationMethod.MeanAndDeviation;
        Standardization = standardization ?? StandardizationEstimate.Of(_split, options.Standardization);
        _pass = new RowPass(_split, seed);
        _blocks = new BlockReader(_split, Standardization, _pass, options.BatchSize);
    }

    public FeatureLayout Layout => _split.Layout;

    public Standardization Standardization { get; }

    /// <summary>Whether any modelled value is missing.</summary>
    public bool MayMiss => _split.Table.AnyMissing;

    public int TrainingRows => _split.TrainingRows;

    public int ValidationRows => _split.ValidationRows;

    /// <summary>The largest number of rows in a block.</summary>
    public int BlockCapacity => _blocks.Capacity;

    /// <summary>Reads a table to its end.</summary>
    /// <param name="rows">The table.</param>
    /// <param name="options">How rows are held out, standardized, shuffled and put into minibatches.</param>
    /// <param name="resources">What the table may use.</param>
    /// <param name="standardization">What an initial model has learned; null learns it from the training rows.</param>
    /// <exception cref="ArgumentException">There is nothing to train on, or a row or weight is not valid.</exception>
    public static TrainingTable Read(
        IFeatureRows rows, VaeOptions options, TableResources resources, Standardization? standardization = null)
    {
        var table = RowTable.Read(rows, resources);
        try
        {
            return new TrainingTable(table, options, standardization);
        }
        catch
        {
            table.Dispose();
            throw;
        }
    }

    /// <summary>Starts an epoch: the training rows in a new order.</summary>
    public void BeginEpoch(int epoch)
    {
        _blocks.End();
        _pass.BeginTraining(epoch);
        _blocks.Begin();
    }

    /// <summary>Starts a pass over the held-out rows.</summary>
    public void BeginValidation()
    {
        _blocks.End();
        _pass.BeginValidation();
        _blocks.Begin();
    }

    /// <summary>The next block of the pass, or null at its end. It is valid until the next call of any method.</summary>
    public RowBlock? NextBlock() => _blocks.Next();

    /// <summary>
    /// Up to <paramref name="most"/> rows in original units, NaN where missing: held-out ones, or training rows if none are held out.
    /// </summary>
    public float[] RowsForDiagnosis(int most)
    {
        _blocks.End();
        if (ValidationRows > 0)
            _pass.BeginValidation();
        else
            _pass.BeginTraining(0);
        return _pass.Sample(most);
    }

    /// <summary><see cref="StandardizedSquares"/>; without a pass over the rows where standardization has just made them 1.</summary>
    public double NumericSquares() => _hasUnitVariance ? Layout.NumericSlots.Length : StandardizedSquares.Of(_split, Standardization);

    public void Dispose()
    {
        _blocks.Dispose();
        _split.Table.Dispose();
    }
}
