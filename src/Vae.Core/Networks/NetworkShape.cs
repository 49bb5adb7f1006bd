using Vae.Data;
using Vae.Options;

namespace Vae.Networks;

/// <summary>
/// The architecture that a layout and options ask for: a symmetric pair of multilayer perceptrons. The encoder's last layer gives the k
/// means and then the k log-variances; the decoder's last layer gives one parameter per modelled slot. Conditions are appended to the input
/// of both.
/// </summary>
internal sealed class NetworkShape
{
    public NetworkShape(FeatureLayout layout, VaeOptions options)
    {
        LatentDimension = options.LatentDimension;
        SlotCount = layout.SlotCount;
        ConditionSlotCount = layout.ConditionSlotCount;
        var widths = options.HiddenLayers;
        bool linear = options.LinearBottleneck && widths.Count >= 2;

        DenseShape Hidden(string name, int inputs, int outputs, bool atBottleneck)
        {
            var activation = linear && atBottleneck ? Activation.Identity : options.Activation;
            return new DenseShape(name, inputs, outputs, activation, options.BatchNormalization, options.Dropout);
        }

        var encoder = new List<DenseShape>();
        int width = layout.RowWidth;
        for (int i = 0; i < widths.Count; i++)
        {
            encoder.Add(Hidden($"encoder.{i}", width, widths[i], i == widths.Count - 1));
            width = widths[i];
        }

        encoder.Add(new DenseShape("encoder.head", width, 2 * LatentDimension, Activation.Identity, false, 0));

        var decoder = new List<DenseShape>();
        width = LatentDimension + ConditionSlotCount;
        for (int i = widths.Count - 1; i >= 0; i--)
        {
            decoder.Add(Hidden($"decoder.{widths.Count - 1 - i}", width, widths[i], i == widths.Count - 1));
            width = widths[i];
        }

        decoder.Add(new DenseShape("decoder.output", width, SlotCount, Activation.Identity, false, 0));

        Encoder = encoder;
        Decoder = decoder;
        Weights = TrainedTensors(layout, options);
        Buffers = BufferTensors(options);
    }

    public int LatentDimension { get; }

    public int SlotCount { get; }

    public int ConditionSlotCount { get; }

    /// <summary>The encoder's dense layers from the row to (μ, log σ²).</summary>
    public IReadOnlyList<DenseShape> Encoder { get; }

    /// <summary>The decoder's dense layers from (z, conditions) to one parameter per modelled slot.</summary>
    public IReadOnlyList<DenseShape> Decoder { get; }

    /// <summary>What the optimizer changes.</summary>
    public TensorLayout Weights { get; }

    /// <summary>What training measures as it goes: running means and variances, the computed noise scale.</summary>
    public TensorLayout Buffers { get; }

    private TensorLayout TrainedTensors(FeatureLayout layout, VaeOptions options)
    {
        var tensors = new TensorLayout();
        foreach (var dense in Encoder.Concat(Decoder))
        {
            tensors.Add(TensorNames.Weight(dense), dense.Inputs, dense.Outputs, decays: true);
            tensors.Add(TensorNames.Bias(dense), 1, dense.Outputs);
            if (!dense.BatchNormalization) continue;
            tensors.Add(TensorNames.Scale(dense), 1, dense.Outputs);
            tensors.Add(TensorNames.Shift(dense), 1, dense.Outputs);
        }

        int numericSlots = layout.NumericSlots.Length;
        if (numericSlots > 0 && options.NoiseScale is LearnedNoiseScale learned)
            tensors.Add(TensorNames.LogNoiseScale, 1, learned.PerSlot ? numericSlots : 1);
        return tensors;
    }

    private TensorLayout BufferTensors(VaeOptions options)
    {
        var tensors = new TensorLayout();
        foreach (var dense in Encoder.Concat(Decoder).Where(dense => dense.BatchNormalization))
        {
            tensors.Add(TensorNames.RunningMean(dense), 1, dense.Outputs);
            tensors.Add(TensorNames.RunningVariance(dense), 1, dense.Outputs);
        }

        if (options.NoiseScale is ComputedNoiseScale) tensors.Add(TensorNames.MeanSquaredError, 1, 1);
        return tensors;
    }
}

/// <summary>One dense layer and what follows it: y = dropout(activation(normalization(x·W + b))).</summary>
internal sealed record DenseShape(string Name, int Inputs, int Outputs, Activation Activation, bool BatchNormalization, double Dropout);
