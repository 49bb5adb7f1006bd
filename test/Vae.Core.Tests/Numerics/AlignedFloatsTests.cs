using FluentAssertions;
using Vae.Data;
using Vae.Networks;
using Vae.Numerics;
using Vae.Options;
using Xunit;

namespace Vae.Tests.Numerics;

public unsafe class AlignedFloatsTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(30_000)]
    public void Floats_are_zeros_from_the_start_of_a_cache_line_on(int length)
    {
        // Arrays of other lengths between them move the next one to another place in a line.
        for (int between = 1; between <= 20; between++)
        {
            var floats = AlignedFloats.Allocate(length);
            GC.KeepAlive(GC.AllocateArray<byte>(between, pinned: true));
            floats.Should().Equal(new float[length]);
            PlaceInLine(floats.Array.AsSpan(floats.Offset)).Should().Be(0);
        }
    }

    [Fact]
    public void Every_row_of_a_matrix_and_of_a_window_on_it_starts_a_line()
    {
        var matrix = new Matrix(7, 19);
        var window = Matrix.Window(19);
        window.MoveTo(matrix, 3, 4);
        for (int row = 0; row < matrix.Rows; row++)
            PlaceInLine(matrix.Row(row)).Should().Be(0);
        for (int row = 0; row < window.Rows; row++)
            PlaceInLine(window.Row(row)).Should().Be(0);
    }

    [Fact]
    public void Every_tensor_starts_a_line()
    {
        var options = new VaeOptions { HiddenLayers = [19, 3], BatchNormalization = true };
        var parameters = new VaeParameters(new NetworkShape(FeatureLayout.Numeric(5), options));
        foreach (var tensors in (TensorSet[])[parameters.Weights, parameters.Buffers])
        {
            foreach (var tensor in tensors.Layout.Tensors)
                PlaceInLine(tensors[tensor.Name]).Should().Be(0, tensor.Name);
        }
    }

    private static int PlaceInLine(ReadOnlySpan<float> floats)
    {
        fixed (float* start = floats)
            return (int)((nint)start % AlignedFloats.Alignment);
    }
}
