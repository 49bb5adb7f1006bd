using Vae.Data;
using Vae.Networks;
using Vae.Numerics;
using Vae.Numerics.RandomNumbers;
using Vae.Options;
using Vae.TorchSharp.Devices;
using Vae.TorchSharp.Losses;
using static TorchSharp.torch;

namespace Vae.TorchSharp.Tests.Parity;

/// <summary>The random numbers that the managed engine draws in a step, as the torch engine takes them.</summary>
internal static class CounterDraws
{
    /// <summary>The numbers for <paramref name="rows"/> rows of step <paramref name="step"/>.</summary>
    public static StepDraws For(VaeOptions options, FeatureLayout layout, int capacity, int rows, long step)
    {
        ulong seed = (ulong)options.Seed;
        var shape = new NetworkShape(layout, options);
        Tensor[] dropout =
            [.. Dropout(shape.Encoder, RandomStreams.EncoderDropout), .. Dropout(shape.Decoder, RandomStreams.DecoderDropout)];
        return new StepDraws(
            Normal(RandomStreams.Noise, options.LatentDimension),
            options.InputNoise > 0 ? Normal(RandomStreams.InputNoise, layout.RowWidth) : null,
            options.InputMasking > 0 ? Uniform(RandomStreams.InputMasking, layout.RowWidth) : null,
            dropout.Length > 0 ? cat(dropout, 1) : null,
            options.Regularizer.NeedsPriorSample ? Normal(RandomStreams.PriorSample, options.LatentDimension) : null);

        IEnumerable<Tensor> Dropout(IEnumerable<DenseShape> blocks, ulong stream) =>
            blocks.Where(block => block.Dropout > 0).Select((block, index) => Uniform(stream + (ulong)index, block.Outputs));

        Tensor Normal(ulong stream, int columns)
        {
            var values = new float[rows * Padding.Stride(columns)];
            CounterRandom.FillNormal(seed, stream, First(columns), values);
            return Matrix(values, columns);
        }

        Tensor Uniform(ulong stream, int columns)
        {
            var values = new float[rows * Padding.Stride(columns)];
            CounterRandom.FillUniform(seed, stream, First(columns), values);
            return Matrix(values, columns);
        }

        ulong First(int columns) => (ulong)step * (ulong)capacity * (ulong)Padding.Stride(columns);

        Tensor Matrix(float[] values, int columns) =>
            HostMemory.Upload(values, CPU).view(rows, Padding.Stride(columns)).narrow(1, 0, columns);
    }
}
