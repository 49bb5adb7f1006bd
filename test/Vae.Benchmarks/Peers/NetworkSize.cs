using Vae.Options;

namespace Vae.Benchmarks.Peers;

/// <summary>A network and a minibatch, as wide as tables ask for.</summary>
/// <param name="Slots">The number of numeric slots.</param>
/// <param name="Hidden">The widths of the hidden layers.</param>
/// <param name="Latent">The latent dimensions.</param>
/// <param name="Batch">The rows of a minibatch.</param>
internal sealed record NetworkSize(int Slots, int[] Hidden, int Latent, int Batch)
{
    /// <summary>From what fits in a cache line to what a framework is made for.</summary>
    public static IReadOnlyList<NetworkSize> All { get; } =
        [new(13, [8, 4], 2, 32), new(30, [64, 32], 8, 128), new(100, [128, 64], 16, 256), new(784, [512, 256], 32, 256)];

    /// <summary>The same as the arguments of a program.</summary>
    public IReadOnlyList<string> Arguments => [$"{Slots}", string.Join(',', Hidden), $"{Latent}", $"{Batch}"];

    /// <summary>Floating-point operations of a step: 6 for each weight and row (2 forward, 4 backward).</summary>
    public double OperationsPerStep
    {
        get
        {
            int[] encoder = [Slots, .. Hidden, 2 * Latent];
            int[] decoder = [Latent, .. Hidden.Reverse(), Slots];
            double weights = encoder.Zip(encoder.Skip(1), (inputs, outputs) => (double)inputs * outputs).Sum()
                + decoder.Zip(decoder.Skip(1), (inputs, outputs) => (double)inputs * outputs).Sum();
            return 6 * weights * Batch;
        }
    }

    /// <summary>The same network, likelihood and optimizer as PyTorch/training_step.py.</summary>
    public VaeOptions Options => new()
    {
        LatentDimension = Latent,
        HiddenLayers = Hidden,
        BatchSize = Batch,
        Activation = Activation.ELU,
        InputNoise = 0,
        InputMasking = 0,
        ValidationFraction = 0,
    };

    public override string ToString() => $"{Slots}→[{string.Join(",", Hidden)}]→{Latent}, batch {Batch}";
}
