using Vae.Data;
using Vae.Networks;
using Vae.Options;
using Vae.Training.Checkpoints;
using Vae.Training.Rows;

namespace Vae.Training;

/// <summary>What every trainer begins with: checked options, the table in memory, and the weights to start from.</summary>
/// <param name="Table">The rows.</param>
/// <param name="Parameters">The weights to start from.</param>
/// <param name="Fingerprinted">The rows as they came, if there will be checkpoints.</param>
internal sealed record TrainingSession(TrainingTable Table, VaeParameters Parameters, FingerprintedRows? Fingerprinted) : IDisposable
{
    /// <summary>Checks, reads and initializes.</summary>
    public static TrainingSession Begin(IFeatureRows rows, VaeOptions options, TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        context.Checkpoints?.Validate();
        var shape = new NetworkShape(rows.Layout, options);
        var parameters = new VaeParameters(shape);
        if (context.InitialModel is { } initial)
            parameters.CopyFrom(Compatible(initial, rows.Layout, shape));
        else
            WeightInitialization.Initialize(parameters, (ulong)options.Seed);
        var fingerprinted = context.Checkpoints is null ? null : new FingerprintedRows(rows);
        var table = TrainingTable.Read(fingerprinted ?? rows, options, context.TableResources, context.InitialModel?.Standardization);
        return new TrainingSession(table, parameters, fingerprinted);
    }

    public void Dispose() => Table.Dispose();

    private static VaeParameters Compatible(VaeModel initial, FeatureLayout layout, NetworkShape shape)
    {
        if (!initial.Layout.Equals(layout))
            throw new ArgumentException("The initial model was trained on rows of another layout: its groups have other names, kinds or lengths.");
        if (!initial.Parameters.Shape.Weights.Tensors.SequenceEqual(shape.Weights.Tensors)
            || !initial.Parameters.Shape.Buffers.Tensors.SequenceEqual(shape.Buffers.Tensors))
        {
            throw new ArgumentException(
                $"The initial model has another architecture than the options ask for: {nameof(VaeOptions.LatentDimension)}, {nameof(VaeOptions.HiddenLayers)}, "
                + $"{nameof(VaeOptions.BatchNormalization)} and {nameof(VaeOptions.NoiseScale)} must be the same.");
        }

        return initial.Parameters;
    }
}
