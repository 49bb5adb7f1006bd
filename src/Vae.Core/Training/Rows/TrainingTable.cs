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

    private TrainingTable(RowTable table, VaeOptions options, EarlierModel? earlier, bool anchored)
    {
        ulong seed = (ulong)options.Seed;
        _split = new DataSplit(table, options.ValidationFraction, seed);
        var learned = StandardizationEstimate.Of(_split, options.Standardization);
        Standardization = earlier?.Complete(learned) ?? learned;
        Options = options.BeginningAt(InitialWeightsKind.PrincipalComponents).ForRows(TrainingRows);
        LargestStep.Check(Layout, Options, TrainingRows);
        _pass = new RowPass(_split, seed);
        _blocks = new BlockReader(_split, Standardization, _pass, Options, anchored ? earlier : null);
    }

    public FeatureLayout Layout => _split.Layout;

    /// <summary>The options that were given, with what they leave to the number of training rows.</summary>
    public VaeOptions Options { get; }

    public Standardization Standardization { get; }

    /// <summary>Whether any modelled value is missing.</summary>
    public bool MayMiss => _split.Table.AnyMissing;

    public int TrainingRows => _split.TrainingRows;

    public int ValidationRows => _split.ValidationRows;

    /// <inheritdoc cref="DataSplit.HoldsOutFewerRows"/>
    public bool HoldsOutFewerRows => _split.HoldsOutFewerRows;

    /// <summary>The largest number of rows in a block.</summary>
    public int BlockCapacity => _blocks.Capacity;

    /// <summary>Reads a table to its end.</summary>
    /// <param name="rows">The table.</param>
    /// <param name="options">How rows are held out, standardized, shuffled and put into minibatches.</param>
    /// <param name="resources">What the table may use.</param>
    /// <param name="earlier">The model that training goes on from, whose standardization stays; null for none.</param>
    /// <param name="anchored">Whether blocks tell where that model has their rows.</param>
    /// <exception cref="ArgumentException">There is nothing to train on, or a row or weight is not valid.</exception>
    public static TrainingTable Read(
        IFeatureRows rows, VaeOptions options, TableResources resources, EarlierModel? earlier = null, bool anchored = false)
    {
        var table = RowTable.Read(rows, resources);
        try
        {
            return new TrainingTable(table, options, earlier, anchored);
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

    /// <summary>Takes some rows in original units, NaN where missing.</summary>
    /// <param name="heldOut">Whether to take held-out rows, evenly spaced, or training rows at random.</param>
    /// <param name="most">The largest number of rows.</param>
    /// <param name="action">Called with each.</param>
    /// <param name="cancellation">Ends the pass.</param>
    public void Sample(bool heldOut, int most, TrainingRowAction action, CancellationToken cancellation)
    {
        _blocks.End();
        if (heldOut)
            _pass.BeginValidation();
        else
            _pass.BeginTraining(0);
        _pass.Sample(most, action, cancellation);
    }

    /// <summary><see cref="StandardizedSquares"/> of the training rows or the held-out ones: a pass over the table.</summary>
    public double NumericSquares(bool heldOut) => StandardizedSquares.Of(_split, Standardization, heldOut);

    public void Dispose()
    {
        _blocks.Dispose();
        _split.Table.Dispose();
    }
}
