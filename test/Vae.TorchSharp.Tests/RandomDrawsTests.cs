using FluentAssertions;
using Vae.Options;
using Xunit;
using static TorchSharp.torch;

namespace Vae.TorchSharp.Tests;

public sealed class RandomDrawsTests
{
    private static readonly VaeOptions Options = new() { LatentDimension = 2, Seed = 3 };

    [TorchTheory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    public void What_is_drawn_after_a_restored_state_is_what_was_drawn_after_it_was_saved(int before)
    {
        using var scope = NewDisposeScope();
        using var draws = new RandomDraws(Options, 4, 0, CPU);
        for (int step = 0; step < before; step++)
            draws.Next(7);
        byte[] saved = draws.Save();
        float[] expected = draws.Next(7).Noise.contiguous().data<float>().ToArray();

        using var other = new RandomDraws(Options, 4, 0, CPU);
        other.Restore(saved);

        other.Next(7).Noise.contiguous().data<float>().ToArray().Should().Equal(expected);
    }

    [TorchFact]
    public void A_state_that_cannot_be_is_refused()
    {
        using var draws = new RandomDraws(Options, 4, 0, CPU);
        using (NewDisposeScope())
            draws.Next(7);
        byte[] saved = draws.Save();
        foreach (byte[] forged in new byte[][]
        {
            [],
            [1, 2, 3],
            [.. saved[..^1]],
            [.. saved, 0],
            [.. BitConverter.GetBytes(-1), .. saved[4..]],
            [.. BitConverter.GetBytes(int.MaxValue), .. saved[4..]],
            [.. saved[..4], .. BitConverter.GetBytes(-1), .. saved[8..]],
            [.. saved[..4], .. BitConverter.GetBytes(int.MaxValue), .. saved[8..]],
        })
        {
            var restore = () => draws.Restore(forged);
            restore.Should().Throw<InvalidDataException>().WithMessage("*checkpoint is corrupt*random state*");
        }
    }
}
