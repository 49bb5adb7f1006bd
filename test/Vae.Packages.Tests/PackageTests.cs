using System.Diagnostics;
using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;
using FluentAssertions;
using Xunit;

namespace Vae.Packages.Tests;

/// <summary>The packages are what a user expects, and a project that refers to them works.</summary>
public sealed class PackageTests(PackedLibraries packed) : IClassFixture<PackedLibraries>
{
    [Fact]
    public void The_four_libraries_are_packed_and_nothing_else() =>
        Directory.EnumerateFiles(packed.Packages).Select(Path.GetFileName).Should().BeEquivalentTo(
            from library in (string[])["Vae.Core", "Vae.MLNet", "Vae.Reports", "Vae.TorchSharp"]
            from extension in (string[])["nupkg", "snupkg"]
            select $"{library}.{PackedLibraries.Version}.{extension}");

    [Theory]
    [InlineData("Vae.Core")]
    [InlineData("Vae.MLNet")]
    [InlineData("Vae.Reports")]
    [InlineData("Vae.TorchSharp")]
    public void A_package_says_what_it_is_and_brings_its_documentation_and_symbols(string library)
    {
        using var package = Open(library, "nupkg");
        using var symbols = Open(library, "snupkg");
        var about = Nuspec(package, library);

        string Text(string name) => (string?)about.Element(about.Name.Namespace + name) ?? "";
        Text("license").Should().Be("MIT");
        Text("description").Should().NotBeEmpty().And.NotBe("Package Description");
        Text("tags").Should().Contain("autoencoder");
        Text("projectUrl").Should().StartWith("https://");
        ((string?)about.Element(about.Name.Namespace + "repository")!.Attribute("url")).Should().StartWith("https://");
        package.Entries.Select(entry => entry.FullName).Should().Contain([Text("readme"), Text("icon")]);
        foreach (string framework in (string[])["net8.0", "net10.0"])
        {
            package.Entries.Select(entry => entry.FullName)
                .Should().Contain([$"lib/{framework}/{library}.dll", $"lib/{framework}/{library}.xml"]);
            symbols.Entries.Select(entry => entry.FullName).Should().Contain($"lib/{framework}/{library}.pdb");
        }
    }

    [Theory]
    [InlineData("Vae.MLNet", "Microsoft.ML", "5.0.1")]
    [InlineData("Vae.TorchSharp", "TorchSharp", "0.102.7")]
    public void A_library_asks_for_the_first_version_that_it_works_with(string library, string dependency, string version)
    {
        using var package = Open(library, "nupkg");
        var about = Nuspec(package, library);
        about.Descendants(about.Name.Namespace + "dependency").Where(each => (string?)each.Attribute("id") == dependency)
            .Select(each => (string?)each.Attribute("version")).Should().Equal(version, version);
    }

    [Theory]
    [InlineData("net8.0")]
    [InlineData("net10.0")]
    public void An_assembly_that_asks_for_a_newer_TorchSharp_than_its_package_is_a_warning_to_who_packs_it(string framework)
    {
        using var package = Open("Vae.TorchSharp", "nupkg");
        using var assembly = new MemoryStream();
        using (var entry = package.GetEntry($"lib/{framework}/Vae.TorchSharp.dll")!.Open())
            entry.CopyTo(assembly);
        assembly.Position = 0;
        using var image = new PEReader(assembly);
        var metadata = image.GetMetadataReader();
        var asked = metadata.AssemblyReferences.Select(metadata.GetAssemblyReference)
            .Single(reference => metadata.GetString(reference.Name) == "TorchSharp").Version;
        packed.PackOutput.Contains("warning VAE0001", StringComparison.Ordinal).Should().Be(asked > new Version(0, 102, 7, 0));
    }

    [Theory]
    [InlineData("net8.0")]
    [InlineData("net10.0")]
    public void A_program_that_refers_to_the_transform_alone_trains_saves_and_loads(string framework)
    {
        var lines = packed.Train(framework, out _, out _);

        lines.Should().HaveCount(400);
        Of(lines, "loaded").Should().Equal(Of(lines, "trained")).And.HaveCount(200);
    }

    [Fact]
    public void Both_builds_train_the_same_model() =>
        packed.Train("net8.0", out _, out _).Should().Equal(packed.Train("net10.0", out _, out _));

    [Theory]
    [InlineData("net8.0")]
    [InlineData("net10.0")]
    public void A_model_of_a_newer_package_is_loaded_with_an_older_one(string framework)
    {
        var trained = packed.Train(framework, out string model, out string rows);

        var loaded = packed.Run(PackedLibraries.LoaderProgram, model, rows);

        string older = Path.Combine(Path.GetDirectoryName(PackedLibraries.LoaderProgram)!, "Vae.MLNet.dll");
        FileVersionInfo.GetVersionInfo(older).FileMajorPart.Should().BeLessThan(999);
        Of(loaded, "transform").Should().Equal(Of(trained, "trained"));
    }

    private static IEnumerable<string> Of(string[] lines, string name) =>
        lines.Where(line => line.StartsWith(name + " ", StringComparison.Ordinal)).Select(line => line[name.Length..]);

    private ZipArchive Open(string library, string extension) =>
        ZipFile.OpenRead(Path.Combine(packed.Packages, $"{library}.{PackedLibraries.Version}.{extension}"));

    private static XElement Nuspec(ZipArchive package, string library)
    {
        using var stream = package.GetEntry($"{library}.nuspec")!.Open();
        return XDocument.Load(stream).Root!.Elements().Single();
    }
}
