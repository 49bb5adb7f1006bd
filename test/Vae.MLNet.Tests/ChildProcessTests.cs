using System.Globalization;
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

        var (exitCode, output, errors) = await RunLoader(folder, CopyLoader(folder));

        exitCode.Should().Be(0, errors);
        string[] expected = [.. model.Transform(data).Embeddings().Select(Bits)];
        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        lines.Should().Equal([.. expected.Select(bits => "transform " + bits), .. expected.Select(bits => "predict " + bits)]);
    }

    [Fact]
    public void The_program_does_not_refer_to_the_plug_in() => AssemblyReferences.Assemblies(LoaderProgram)
        .Should().Contain("Microsoft.ML.Data").And.NotContain(name => name.StartsWith("Vae.", StringComparison.Ordinal));

    internal static string LoaderProgram { get; } = BuildMetadata.Of(typeof(ChildProcessTests), "LoaderProgram");

    /// <summary>Copies the program to an empty folder.</summary>
    internal static string CopyLoader(TemporaryFolder folder) => ChildProcess.Copy(LoaderProgram, folder["program"]);

    /// <summary>Runs the program where it was copied to.</summary>
    internal static Task<(int ExitCode, string Output, string Errors)> RunLoader(
        TemporaryFolder folder, string home, params string[] more) =>
        ChildProcess.Run(Path.Combine(home, Path.GetFileName(LoaderProgram)), [folder["model.zip"], folder["rows.idv"], .. more]);

    internal static string Bits(float[] values) =>
        string.Join(' ', values.Select(value => BitConverter.SingleToInt32Bits(value).ToString("x8", CultureInfo.InvariantCulture)));
}
