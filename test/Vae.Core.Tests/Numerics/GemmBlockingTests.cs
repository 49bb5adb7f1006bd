using System.Globalization;
using FluentAssertions;
using Vae.Numerics.Gemm;
using Xunit;

namespace Vae.Tests.Numerics;

public class GemmBlockingTests
{
    [Theory]
    [InlineData(32, 1024, 16, 8, 192, 680)]
    [InlineData(48, 1280, 16, 8, 256, 640)]
    [InlineData(48, 2048, 8, 8, 512, 512)]
    [InlineData(32, 256, 8, 6, 320, 102)]
    [InlineData(4, 1, 16, 8, 64, 8)]
    public void A_panel_and_a_tile_fit_the_first_cache_and_a_block_fills_half_of_the_second(
        int firstKilobytes, int secondKilobytes, int vectorLength, int tileRows, int depth, int rows) =>
        GemmBlocking.Of(new CacheSizes(firstKilobytes << 10, secondKilobytes << 10), vectorLength, tileRows)
            .Should().Be(new GemmBlocking(depth, rows));

    [Fact]
    public void The_caches_are_those_that_the_system_tells()
    {
        var own = CacheSizes.Own;
        own.First.Should().BeInRange(32 << 10, 128 << 10);
        own.Second.Should().BeInRange(256 << 10, 4 << 20);
        const string Folder = "/sys/devices/system/cpu/cpu0/cache/";
        if (SystemSize(Folder + "index0/size") is { } first && System.Runtime.Intrinsics.X86.X86Base.IsSupported)
            own.First.Should().Be(Math.Clamp(first, 32 << 10, 128 << 10));
        if (SystemSize(Folder + "index2/size") is { } second && System.Runtime.Intrinsics.X86.X86Base.IsSupported)
            own.Second.Should().Be(Math.Clamp(second, 256 << 10, 4 << 20));
    }

    private static int? SystemSize(string path) => File.Exists(path) && File.ReadAllText(path).Trim() is [.. var kilobytes, 'K']
        ? int.Parse(kilobytes, CultureInfo.InvariantCulture) << 10
        : null;
}
