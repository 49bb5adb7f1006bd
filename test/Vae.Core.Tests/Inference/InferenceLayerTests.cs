using FluentAssertions;
using Vae.Data;
using Vae.Inference;
using Vae.Networks;
using Vae.Numerics.Simd;
using Vae.Options;
using Vae.Tests.Numerics;
using Xunit;

namespace Vae.Tests.Inference;

/// <summary>A row alone has the bits of a row among others, with vectors of any width.</summary>
public unsafe class InferenceLayerTests
{
    private const int Rows = 5;

    public static TheoryData<Activation> Activations => [.. Enum.GetValues<Activation>()];

    [Theory]
    [MemberData(nameof(Activations))]
    public void One_row(Activation activation)
    {
        var random = new Random(1);
        for (int i = 0; i < 20; i++)
        {
            var options = new VaeOptions
            {
                LatentDimension = random.Next(1, 40),
                HiddenLayers = [random.Next(1, 200), random.Next(1, 40), 3],
                Activation = activation,
            };
            var parameters = new VaeParameters(new NetworkShape(FeatureLayout.Numeric(random.Next(1, 40)), options));
            WeightInitialization.Initialize(parameters, (ulong)i);
            foreach (var shape in parameters.Shape.Encoder.Concat(parameters.Shape.Decoder))
                Compare(new InferenceLayer(shape, parameters), random);
        }
    }

    private static void Compare(InferenceLayer layer, Random random)
    {
        var x = new TestMatrix(Rows, layer.Inputs, random);
        var expected = new float[Rows * layer.Stride];
        layer.Apply(Rows, x.Values, x.Stride, expected);
        OneByOne<SimdVector128>(layer, x).Should().Equal(expected);
        OneByOne<SimdVector256>(layer, x).Should().Equal(expected);
        OneByOne<SimdVector512>(layer, x).Should().Equal(expected);
    }

    private static float[] OneByOne<TVector>(InferenceLayer layer, TestMatrix x)
        where TVector : unmanaged, ISimdVector<TVector>
    {
        var y = new float[Rows * layer.Stride];
        fixed (float* px = x.Values, py = y)
        {
            for (int row = 0; row < Rows; row++)
                layer.ApplyToRow<TVector>(px + row * x.Stride, py + row * layer.Stride);
        }

        return y;
    }
}
