using Vae.Options;

namespace Vae.Benchmarks.Peers;

/// <summary>A network whose scoring is measured.</summary>
/// <param name="Slots">The number of numeric slots.</param>
/// <param name="Options">The network.</param>
internal sealed record ScoredNetwork(int Slots, VaeOptions Options)
{
    /// <summary>The narrowest one that is trained in benchmarks, and the defaults.</summary>
    public static IReadOnlyList<ScoredNetwork> All { get; } =
        [new(NetworkSize.All[0].Slots, NetworkSize.All[0].Options with { Epochs = 1 }), new(30, new VaeOptions { Epochs = 1 })];

    /// <summary>Floating-point operations of encoding a row, 2 for each weight of the encoder.</summary>
    public double OperationsPerRow
    {
        get
        {
            int[] widths = [Slots, .. Options.HiddenLayers, 2 * Options.LatentDimension];
            return 2 * widths.Zip(widths.Skip(1), (inputs, outputs) => (double)inputs * outputs).Sum();
        }
    }

    /// <summary>Rows without structure, one behind the other.</summary>
    public float[] Rows(int count)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, count * Slots).Select(_ => random.NextSingle())];
    }

    public override string ToString() =>
        $"{Slots}→[{string.Join(",", Options.HiddenLayers)}]→{Options.LatentDimension}, {Options.Activation}";
}
