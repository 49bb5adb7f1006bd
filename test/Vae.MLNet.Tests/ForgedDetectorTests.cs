using Microsoft.ML;
using Microsoft.ML.Runtime;
using Vae.MLNet.Persistence;

namespace Vae.MLNet.Tests;

public sealed class ForgedDetectorTests() : ForgedStreamTests("VAE detector", Written)
{
    private static readonly Lazy<byte[]> Written = Train((context, rows, writer) =>
    {
        var options = new VaeDetectionEstimator.Options
        {
            InputColumnNames = ["Age", "Region"],
            Model = Quick.Model,
            Seed = 7,
            FalseAlarmRate = 0.1,
            Trim = 0,
            ReasonsColumnName = "Reasons",
        };
        DetectorFormat.Write(context.Transforms.VaeDetect(options).Fit(rows).Content, writer);
    });

    private protected override Action<BinaryWriter> Read(IHost host, BinaryReader reader)
    {
        var content = DetectorFormat.Read(host, reader);
        return writer => DetectorFormat.Write(content, writer);
    }
}
