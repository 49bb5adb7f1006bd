using Microsoft.ML;
using Microsoft.ML.Runtime;
using Vae.MLNet.Persistence;

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
        ImputerFormat.Write(context.Transforms.VaeImpute(options).Fit(rows).Content, writer);
    });

    private protected override Action<BinaryWriter> Read(IHost host, BinaryReader reader)
    {
        var content = ImputerFormat.Read(host, reader);
        return writer => ImputerFormat.Write(content, writer);
    }
}
