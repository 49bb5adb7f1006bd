using FluentAssertions;
using Microsoft.ML;
using Microsoft.ML.Runtime;
using Vae.Imputation;
using Vae.MLNet.Persistence;
using Xunit;

namespace Vae.MLNet.Tests;

public sealed class ForgedImputerTests() : ForgedStreamTests("VAE imputer", Written)
{
    private static readonly Lazy<byte[]> Written = Train((context, rows, writer) =>
    {
        var options = new VaeImputationEstimator.Options
        {
            InputColumnNames = ["Age", "Region"],
            Model = Quick.Model,
            Seed = 7,
            ModelCount = 2,
        };
        var content = context.Transforms.VaeImpute(options).Fit(rows).Content;
        ImputerFormat.Write(content with { Imputer = WithCategories(content.Imputer) }, writer);
    });

    [Fact]
    public void A_stream_of_an_earlier_version_has_noise_of_numbers_alone_and_shrinks_no_mean()
    {
        var host = ((IHostEnvironment)new MLContext(1)).Register("Test");
        var content = Read(Written.Value);
        var parts = content.Imputer.Parts.Select(part => new ImputerPart(part.Model, NoiseCovariance.OfLowerTriangle(1, 1, [0.25])));
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        ImputerFormat.Write(content with { Imputer = new VaeImputer([.. parts], content.Imputer.Options) }, writer);

        var read = Read(stream.ToArray());

        read.Imputer.Shrinkage.Should().BeNull();
        read.Imputer.Parts[0].Noise.Entries.Should().Equal(0.25);
        float[] filled = new float[read.Imputer.Layout.RowWidth];
        read.Imputer.Impute(Enumerable.Repeat(float.NaN, filled.Length).ToArray(), filled);
        filled.Should().OnlyContain(value => float.IsFinite(value));

        ImputerContent Read(byte[] bytes)
        {
            using var reader = new BinaryReader(new MemoryStream(bytes));
            return ImputerFormat.Read(host, reader);
        }
    }

    /// <summary>An imputer whose parts have everything that a stream can hold, whatever its training chose.</summary>
    private static VaeImputer WithCategories(VaeImputer imputer)
    {
        int slots = imputer.Layout.SlotCount;
        var parts = imputer.Parts.Select(part => new ImputerPart(part.Model, NoiseCovariance.OfLowerTriangle(1, slots, Triangle(slots))));
        return new VaeImputer([.. parts], imputer.Options, MeanShrinkage.Create([0.5], [30]));
    }

    private static double[] Triangle(int size) =>
        [.. Enumerable.Range(0, size).SelectMany(row => Enumerable.Range(0, row + 1).Select(column => row == column ? 0.3 : 0.01))];

    private protected override Action<BinaryWriter> Read(IHost host, BinaryReader reader)
    {
        var content = ImputerFormat.Read(host, reader);
        return writer => ImputerFormat.Write(content, writer);
    }
}
