using FluentAssertions;
using Vae.Numerics.RandomNumbers;
using Xunit;

namespace Vae.Tests.Numerics;

public class CounterRandomTests
{
    private delegate void Fill(ulong seed, ulong stream, ulong firstIndex, Span<float> destination);

    /// <summary>The vectors published with the authors' library, Random123.</summary>
    [Theory]
    [InlineData(0UL, 0UL, 0UL, 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8)]
    [InlineData(ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, 0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd)]
    [InlineData(0x299f31d0a4093822, 0x0370734413198a2e, 0x85a308d3243f6a88, 0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1)]
    public void Philox_gives_the_published_words(ulong seed, ulong stream, ulong index, uint word0, uint word1, uint word2, uint word3) =>
        Philox.Block(seed, stream, index).Should().Be((word0, word1, word2, word3));

    [Theory]
    [InlineData(0UL)]
    [InlineData(5UL * 64)]
    [InlineData((1UL << 32) * 4 - 64)]
    [InlineData((1UL << 40) + 64)]
    public void Uniform_numbers_are_the_words_of_the_blocks(ulong firstIndex)
    {
        const ulong Seed = 0xDEADBEEF12345678, Stream = 0x0123456789ABCDEF;
        var actual = new float[192];
        CounterRandom.FillUniform(Seed, Stream, firstIndex, actual);

        for (int i = 0; i < actual.Length; i++)
        {
            ulong index = firstIndex + (ulong)i;
            var (word0, word1, word2, word3) = Philox.Block(Seed, Stream, index / 64 * 16 + index % 16);
            uint word = (index / 16 % 4) switch { 0 => word0, 1 => word1, 2 => word2, _ => word3 };
            actual[i].Should().Be((word >> 8) / 16777216f);
        }
    }

    [Fact]
    public void Normal_numbers_are_box_and_muller_of_the_words()
    {
        var actual = new float[6400];
        CounterRandom.FillNormal(1, 2, 0, actual);

        for (int i = 0; i < actual.Length; i += i % 16 == 15 ? 17 : 1)
        {
            var (word0, word1, word2, word3) = Philox.Block(1, 2, (ulong)(i / 64 * 16 + i % 16));
            var (first, second) = i % 64 < 32 ? (word0, word1) : (word2, word3);
            double radius = Math.Sqrt(-2 * Math.Log(((first >> 1) + 0.5) / (1L << 31)));
            double angle = 2 * Math.PI * second / (1L << 32);
            actual[i].Should().BeApproximately((float)(radius * Math.Cos(angle)), 2e-5f * (1 + (float)radius));
            actual[i + 16].Should().BeApproximately((float)(radius * Math.Sin(angle)), 2e-5f * (1 + (float)radius));
        }
    }

    [Fact]
    public void Any_part_of_a_stream_has_the_bits_of_the_whole()
    {
        foreach (Fill fill in new Fill[] { CounterRandom.FillUniform, CounterRandom.FillNormal })
        {
            var whole = new float[400];
            fill(7, 8, 1000, whole);
            for (int start = 0; start < 130; start++)
            {
                for (int length = 0; length < 200; length += 1 + length / 10)
                {
                    var part = new float[length];
                    fill(7, 8, 1000 + (ulong)start, part);
                    part.AsSpan().SequenceEqual(whole.AsSpan(start, length)).Should().BeTrue("from {0}, {1} long", start, length);
                }
            }
        }
    }

    [Fact]
    public void Seeds_and_streams_differ()
    {
        static float[] Numbers(ulong seed, ulong stream)
        {
            var numbers = new float[1000];
            CounterRandom.FillUniform(seed, stream, 0, numbers);
            return numbers;
        }

        var all = new[] { Numbers(1, 1), Numbers(1, 2), Numbers(2, 1), Numbers(1UL << 32, 1), Numbers(1, 1UL << 32) };
        for (int i = 0; i < all.Length; i++)
        {
            for (int j = 0; j < i; j++)
                all[i].Zip(all[j], (x, y) => x == y ? 1 : 0).Sum().Should().BeLessThan(3);
        }
    }

    [Fact]
    public void Uniform_numbers_are_uniform()
    {
        const int Count = 1 << 20, Bins = 64;
        var x = new float[Count];
        CounterRandom.FillUniform(11, 0, 0, x);

        x.Min().Should().BeGreaterThanOrEqualTo(0);
        x.Max().Should().BeLessThan(1);
        var counts = new int[Bins];
        foreach (float value in x)
            counts[(int)(value * Bins)]++;

        const double Expected = (double)Count / Bins;
        double chiSquare = counts.Sum(n => (n - Expected) * (n - Expected) / Expected);
        chiSquare.Should().BeInRange(63 - 5 * Math.Sqrt(126), 63 + 5 * Math.Sqrt(126));
    }

    [Fact]
    public void Normal_numbers_have_the_moments_and_tails_of_the_normal_distribution()
    {
        const int Count = 1 << 22;
        var x = new float[Count];
        CounterRandom.FillNormal(12, 0, 0, x);

        // Five standard errors each: of moment p, √((E x²ᵖ − (E xᵖ)²) / n).
        double Margin(double variance) => 5 * Math.Sqrt(variance / Count);
        x.Average(v => (double)v).Should().BeApproximately(0, Margin(1));
        x.Average(v => (double)v * v).Should().BeApproximately(1, Margin(2));
        x.Average(v => Math.Pow(v, 3)).Should().BeApproximately(0, Margin(15));
        x.Average(v => Math.Pow(v, 4)).Should().BeApproximately(3, Margin(96));
        x.Count(v => v > 3).Should().BeInRange((int)(Count * 0.00134990 - 5 * 75), (int)(Count * 0.00134990 + 5 * 76));
        x.Count(v => v < -4).Should().BeInRange(75, 191, "133 are expected");
        Enumerable.Range(0, Count - 1).Average(i => (double)x[i] * x[i + 1]).Should().BeApproximately(0, Margin(1));
        Enumerable.Range(0, Count - 16).Average(i => (double)x[i] * x[i + 16]).Should().BeApproximately(0, Margin(1));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(100)]
    [InlineData(int.MaxValue)]
    public void NextBelow_stays_below(int bound)
    {
        for (ulong i = 0; i < 1000; i++)
            CounterRandom.NextBelow(1, 2, i, bound).Should().BeInRange(0, bound - 1);
    }

    [Fact]
    public void NextBelow_is_uniform()
    {
        var counts = new int[10];
        for (ulong i = 0; i < 100_000; i++)
            counts[CounterRandom.NextBelow(3, 4, i, 10)]++;

        counts.Should().OnlyContain(n => Math.Abs(n - 10_000) < 500);
    }

    [Fact]
    public void NextBelow_needs_a_positive_bound()
    {
        var act = () => CounterRandom.NextBelow(0, 0, 0, 0);
        act.Should().Throw<ArgumentOutOfRangeException>();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(1000)]
    public void Shuffle_keeps_the_elements(int count)
    {
        var values = Enumerable.Range(0, count).ToArray();
        CounterRandom.Shuffle(1, 2, values);
        values.Order().Should().Equal(Enumerable.Range(0, count));
    }

    [Fact]
    public void Shuffle_gives_every_order_equally_often()
    {
        var counts = new Dictionary<string, int>();
        for (ulong stream = 0; stream < 24_000; stream++)
        {
            int[] values = [0, 1, 2, 3];
            CounterRandom.Shuffle(5, stream, values);
            string order = string.Join(",", values);
            counts[order] = counts.GetValueOrDefault(order) + 1;
        }

        counts.Should().HaveCount(24);
        counts.Values.Should().OnlyContain(n => Math.Abs(n - 1000) < 160);
    }

    [Fact]
    public void Shuffle_depends_on_seed_and_stream_alone()
    {
        static int[] Order(ulong seed, ulong stream)
        {
            var values = Enumerable.Range(0, 100).ToArray();
            CounterRandom.Shuffle(seed, stream, values);
            return values;
        }

        Order(1, 1).Should().Equal(Order(1, 1)).And.NotEqual(Order(1, 2)).And.NotEqual(Order(2, 1));
    }
}
