using System.Text.Json.Nodes;
using FluentAssertions;
using Vae.Tests.Persistence;
using Xunit;

namespace Vae.Tests.Trust;

/// <summary>Model files are data: nothing in them is run, no type is looked up by name, and no path is followed.</summary>
public sealed class UntrustedFileTests
{
    private static readonly string[] WaysToRunWhatIsNamed =
    [
        "System.Activator::", "System.AppDomain::CreateInstance", "System.AppDomain::ExecuteAssembly", "System.AppDomain::Load",
        "System.Diagnostics.Process::", "System.Reflection.Assembly::Load", "System.Reflection.Assembly::UnsafeLoad",
        "System.Reflection.MethodBase::Invoke", "System.Runtime.InteropServices.NativeLibrary::", "System.Runtime.Loader.",
        FindType, "System.Type::InvokeMember",
    ];

    private const string FindType = "System.Type::GetType";

    [Fact]
    public void The_library_calls_nothing_that_finds_code_by_name() =>
        Calls().Where(call => call is not (FindType or "System.Type::GetTypeFromHandle"))
            .Should().NotContain(call => WaysToRunWhatIsNamed.Any(way => call.StartsWith(way, StringComparison.Ordinal)));

    [Fact]
    public void The_only_type_that_is_found_by_name_is_that_of_the_notebooks_formatters() =>
        AssemblyReferences.Callers(typeof(VaeModel).Assembly.Location, FindType).Should().Equal("TypeFormatterSourceAttribute::.ctor");

    [Fact]
    public void The_reader_of_calls_sees_the_calls_that_are_made() =>
        Calls().Should().Contain("System.IO.File::OpenRead").And.Contain("System.Type::GetTypeFromHandle");

    [Theory]
    [InlineData("System.Diagnostics.Process, System.Diagnostics.Process")]
    [InlineData("Vae.Options.FixedNoiseScale, Vae.Core")]
    public void The_name_of_a_type_is_not_the_name_of_an_option(string type)
    {
        byte[] forged = Forgery.WithHeader(
            SmallModels.Bytes(SmallModels.Train()),
            header => header["options"]!["noiseScale"] = new JsonObject { ["$type"] = type, ["scale"] = 1 });
        var load = () => SmallModels.Load(forged);
        load.Should().Throw<InvalidDataException>().WithMessage("*model file is corrupt*");
    }

    [Fact]
    public void A_path_in_a_file_is_a_name_like_any_other()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "nowhere", "file");
        byte[] forged = Forgery.WithHeader(SmallModels.Bytes(SmallModels.Train()), header =>
        {
            var group = header["layout"]!["groups"]![0]!;
            string slot = group["slots"]![1]!.GetValue<string>();
            group["name"] = path;
            group["slots"]![1] = new Uri(path).AbsoluteUri;
            foreach (var feature in header["diagnosis"]!["features"]!.AsArray())
            {
                if (feature!["name"]!.GetValue<string>() == slot) feature["name"] = new Uri(path).AbsoluteUri;
            }

            header["history"]!["trainer"] = "$(" + path + ")";
        });

        var model = SmallModels.Load(forged);

        (model.Layout.Groups[0].Name, model.Layout.GetSlotName(1), model.History.Trainer)
            .Should().Be((path, new Uri(path).AbsoluteUri, "$(" + path + ")"));
        SmallModels.Scores(model).Should().OnlyContain(score => float.IsFinite(score));
        Directory.GetFileSystemEntries(folder.Path).Should().BeEmpty();
    }

    /// <summary>The methods of other assemblies that the library refers to.</summary>
    private static string[] Calls() => [.. AssemblyReferences.Members(typeof(VaeModel).Assembly.Location).Select(member => member.Member)];
}
