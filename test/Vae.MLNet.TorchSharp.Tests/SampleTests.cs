using System.Globalization;
using FluentAssertions;

namespace Vae.MLNet.TorchSharp.Tests;

/// <summary>The sample that trains by TorchSharp beside the managed trainer.</summary>
public sealed class SampleTests
{
    private static readonly string Program = BuildMetadata.Of(typeof(SampleTests), "WineTorchProgram");

    [TorchFact]
    public async Task WineTorch_trains_by_both_trainers_and_tells_most_cultivars_from_either_embedding()
    {
        var (exitCode, output, errors) = await ChildProcess.Run(Program);

        exitCode.Should().Be(0, errors + output);
        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        lines.Should().HaveCount(3);
        lines[1].Should().StartWith("Managed ");
        lines[2].Should().StartWith("TorchSharp (CPU) ");
        foreach (string line in lines[1..])
        {
            string accuracy = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^1];
            double.Parse(accuracy.TrimEnd('%'), CultureInfo.InvariantCulture).Should().BeGreaterThan(85, "chance gives 40");
        }
    }
}
