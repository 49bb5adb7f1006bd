using FluentAssertions;
using Xunit;

namespace Vae.Export.Tests;

/// <summary>samples/Scale, killed and run again.</summary>
public sealed class ScaleSampleTests
{
    private const int Rows = 800;
    private const int PartRows = 300;
    private const int Parts = 3;
    private static readonly string Program = BuildMetadata.Of(typeof(ScaleSampleTests), "ScaleProgram");

    [Fact]
    public async Task A_run_that_was_killed_is_finished_by_the_next_one_with_the_same_result()
    {
        using var folder = new TemporaryFolder();
        await Run(folder["whole"]);

        KillAfterFirstFile(folder["killed"], "table");
        KillAfterFirstFile(folder["killed"], "VaeModel");
        FilesIn(folder["killed"], "onnxruntime").Should().HaveCountLessThan(Parts, "the run was to be killed, not to end");
        File.WriteAllText(Path.Combine(folder["killed"], "DuckDB", "a.parquet.1.tmp"), "half a file");
        string output = await Run(folder["killed"]);

        output.Should().Contain("800 rows with scores of 3 engines");
        foreach (string subfolder in (string[])["table", "VaeModel", "DuckDB", "onnxruntime"])
        {
            FilesIn(folder["killed"], subfolder).Should().HaveCount(Parts).And.Equal(FilesIn(folder["whole"], subfolder));
            foreach (string file in FilesIn(folder["whole"], subfolder))
            {
                File.ReadAllBytes(Path.Combine(folder["killed"], subfolder, file)).Should()
                    .Equal(File.ReadAllBytes(Path.Combine(folder["whole"], subfolder, file)), "of {0} in {1}", file, subfolder);
            }
        }
    }

    private static async Task<string> Run(string folder)
    {
        var (exitCode, output, errors) = await ChildProcess.Run(Program, folder, $"{Rows}", $"{PartRows}");
        exitCode.Should().Be(0, errors);
        return output;
    }

    private static void KillAfterFirstFile(string folder, string subfolder)
    {
        using var process = ChildProcess.Start(Program, null, folder, $"{Rows}", $"{PartRows}");
        while (!FilesIn(folder, subfolder).Any(name => name.EndsWith(".parquet", StringComparison.Ordinal)) && !process.HasExited)
            Thread.Sleep(1);
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
    }

    private static string[] FilesIn(string folder, string subfolder)
    {
        var directory = new DirectoryInfo(Path.Combine(folder, subfolder));
        return directory.Exists ? [.. directory.GetFiles().Select(file => file.Name).Order(StringComparer.Ordinal)] : [];
    }
}
