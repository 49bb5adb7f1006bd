using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using FluentAssertions;
using Microsoft.ML;
using Xunit;

namespace Vae.MLNet.Tests;

/// <summary>A process that has nothing but ML.NET and the plug-in's files beside it loads what another process saved.</summary>
public sealed class ChildProcessTests
{
    [Theory]
    [InlineData]
    [InlineData("IsSpecial")]
    public async Task A_fresh_process_loads_a_model_without_registration_and_gives_the_same_bits(params string[] conditions)
    {
        using var folder = new TemporaryFolder();
        var mlContext = new MLContext(1);
        var data = mlContext.Data.LoadFromEnumerable(
            Tables.VectorRows().Select((row, i) => new ConditionedRow { Features = row.Features, IsSpecial = i % 3 == 0 }));
        var options = Quick.Options("Features");
        options.ConditionColumnNames = conditions;
        var model = mlContext.Transforms.VaeEmbed(options).Fit(data);
        mlContext.Model.Save(model, data.Schema, folder["model.zip"]);
        using (var stream = File.Create(folder["rows.idv"]))
            mlContext.Data.SaveAsBinary(data, stream);

        var (exitCode, output, errors) = await RunLoader(folder);

        exitCode.Should().Be(0, errors);
        string[] expected = [.. model.Transform(data).Embeddings().Select(Bits)];
        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        lines.Should().Equal([.. expected.Select(bits => "transform " + bits), .. expected.Select(bits => "predict " + bits)]);
    }

    [Fact]
    public void The_program_does_not_refer_to_the_plug_in()
    {
        using var image = new PEReader(File.OpenRead(LoaderProgram));
        var metadata = image.GetMetadataReader();
        string[] references =
            [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))];
        references.Should().Contain("Microsoft.ML.Data").And.NotContain(name => name.StartsWith("Vae.", StringComparison.Ordinal));
    }

    internal static string LoaderProgram { get; } = typeof(ChildProcessTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "LoaderProgram").Value!;

    /// <summary>Copies the program to an empty folder and runs it there.</summary>
    private static async Task<(int ExitCode, string Output, string Errors)> RunLoader(TemporaryFolder folder)
    {
        string home = Directory.CreateDirectory(folder["program"]).FullName;
        foreach (string file in Directory.EnumerateFiles(Path.GetDirectoryName(LoaderProgram)!))
            File.Copy(file, Path.Combine(home, Path.GetFileName(file)));
        string program = Path.Combine(home, Path.GetFileName(LoaderProgram));
        using var process = Process.Start(new ProcessStartInfo("dotnet", ["exec", program, folder["model.zip"], folder["rows.idv"]])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = home,
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }

    private static string Bits(float[] values) =>
        string.Join(' ', values.Select(value => BitConverter.SingleToInt32Bits(value).ToString("x8", CultureInfo.InvariantCulture)));
}
