using FluentAssertions;
using Microsoft.ML;
using Vae.MLNet.Loader;
using Xunit;

namespace Vae.MLNet.Tests;

/// <summary>Where ML.NET looks for the plug-in when it loads a model: what docs/loading.md says.</summary>
public sealed class LoadingTests : IDisposable
{
    private const string NotFound =
        "System.IO.FileNotFoundException: Could not load file or assembly "
        + "'Vae.MLNet, Version=1.0.0.0, Culture=neutral, PublicKeyToken=null'. The system cannot find the file specified.";

    private readonly TemporaryFolder _folder = new();
    private readonly string[] _expected;
    private readonly string _program;
    private readonly string _plugIns;

    /// <summary>Saves a model, and takes the plug-in's files away from the program that is to load it.</summary>
    public LoadingTests()
    {
        var mlContext = new MLContext(1);
        var data = mlContext.Data.LoadFromEnumerable(Tables.VectorRows().Select(row => new ConditionedRow { Features = row.Features }));
        var model = Quick.Embed(mlContext, "Features").Fit(data);
        mlContext.Model.Save(model, data.Schema, _folder["model.zip"]);
        using (var stream = File.Create(_folder["rows.idv"]))
            mlContext.Data.SaveAsBinary(data, stream);
        _expected = [.. model.Transform(data).Embeddings().Select(ChildProcessTests.Bits)];

        _program = ChildProcessTests.CopyLoader(_folder);
        _plugIns = Directory.CreateDirectory(_folder["plug-ins"]).FullName;
        foreach (string name in (string[])["Vae.Core.dll", "Vae.MLNet.dll"])
            File.Move(Path.Combine(_program, name), Path.Combine(_plugIns, name));

        // Scoring does not need the first; the second names the files that are gone.
        File.Delete(Path.Combine(_program, "Vae.TorchSharp.dll"));
        File.Delete(Path.Combine(_program, "Vae.MLNet.Loader.deps.json"));
    }

    [Fact]
    public async Task Without_its_file_the_plug_in_is_not_found()
    {
        var (exitCode, _, errors) = await ChildProcessTests.RunLoader(_folder, _program);

        exitCode.Should().NotBe(0);
        errors.Should().Contain(NotFound);
    }

    [Fact]
    public async Task A_plug_in_in_a_load_context_of_its_own_is_not_found_before_the_context_is_entered()
    {
        var (exitCode, _, errors) = await ChildProcessTests.RunLoader(_folder, _program, _plugIns);

        exitCode.Should().NotBe(0);
        errors.Should().Contain(NotFound);
    }

    [Fact]
    public async Task Once_the_load_context_is_entered_the_plug_in_is_found()
    {
        var (exitCode, output, errors) = await ChildProcessTests.RunLoader(_folder, _program, _plugIns, "enter");

        exitCode.Should().Be(0, errors);
        output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Should().Equal([.. _expected.Select(bits => "transform " + bits), .. _expected.Select(bits => "predict " + bits)]);
    }

    [Fact]
    public void A_load_context_with_an_ML_NET_of_its_own_need_not_be_entered()
    {
        var context = new PlugIns(Path.GetDirectoryName(ChildProcessTests.LoaderProgram)!);
        var program = context.LoadFromAssemblyPath(Path.GetFullPath(ChildProcessTests.LoaderProgram));

        program.EntryPoint!.Invoke(null, [(string[])[_folder["model.zip"], _folder["rows.idv"]]]);

        context.Assemblies.Select(assembly => assembly.GetName().Name).Should().Contain(["Microsoft.ML.Data", "Vae.MLNet"]);
    }

    [Fact]
    public void The_page_quotes_the_exception() =>
        File.ReadAllText(BuildMetadata.Of(typeof(LoadingTests), "LoadingPage")).Should().Contain(NotFound);

    public void Dispose() => _folder.Dispose();
}
