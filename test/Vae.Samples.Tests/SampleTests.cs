using System.Text.RegularExpressions;
using System.Xml.Linq;
using FluentAssertions;
using Xunit;

namespace Vae.Samples.Tests;

/// <summary>The samples of one file, and the programs on the pages: they are the same, they run, and print what the pages say.</summary>
public sealed partial class SampleTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _before = Environment.CurrentDirectory;

    // A user has the tables either in the tree, where the samples look for them, or beside the program.
    public SampleTests()
    {
        Directory.CreateDirectory(_folder["samples/data"]);
        foreach (string file in Directory.EnumerateFiles(Path.Combine(Tree.Root, "samples", "data"), "*.csv"))
        {
            File.Copy(file, _folder[$"samples/data/{Path.GetFileName(file)}"]);
            File.Copy(file, _folder[Path.GetFileName(file)]);
        }

        Environment.CurrentDirectory = _folder.Path;
    }

    public void Dispose()
    {
        Environment.CurrentDirectory = _before;
        _folder.Dispose();
    }

    public static TheoryData<string> Programs => [.. PageProgram.All.Select(program => program.ToString())];

    public static TheoryData<string> Samples => [.. Tree.Samples];

    [Theory]
    [MemberData(nameof(Programs))]
    public void A_program_on_a_page_prints_what_the_page_says(string name)
    {
        var program = PageProgram.All.Single(each => each.ToString() == name);
        var main = ProgramCompiler.Compile(name, program.Text);
        using var output = new StringWriter();
        var console = Console.Out;
        Console.SetOut(output);
        try
        {
            main.Invoke(null, main.GetParameters().Length == 0 ? [] : [Array.Empty<string>()]);
        }
        finally
        {
            Console.SetOut(console);
        }

        if (program.IsOutputOfThisProcessor)
            PrintedText.Difference(program.Output, output.ToString()).Should().BeNull("it printed\n{0}", output);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_sample_begins_the_page_of_its_task(string sample) =>
        PageProgram.All.Where(program => program.Sample == sample).Select(program => program.Text)
            .Should().Equal([PageProgram.WithoutDirectives(Tree.Read(sample))], "one page has {0}, as it is", sample);

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_sample_refers_to_projects_and_packages_that_there_are(string sample)
    {
        var packages = XDocument.Parse(Tree.Read("Directory.Packages.props")).Descendants("PackageVersion")
            .Select(package => (string)package.Attribute("Include")!);
        string[] references = [.. Reference().Matches(Tree.Read(sample)).Select(match => match.Groups[1].Value)];

        references.Where(name => name.EndsWith(".csproj", StringComparison.Ordinal)).Should().NotBeEmpty()
            .And.OnlyContain(path => File.Exists(Path.Combine(Tree.Root, "samples", path)));
        references.Where(name => !name.EndsWith(".csproj", StringComparison.Ordinal)).Should().BeSubsetOf(packages);
    }

    [Fact]
    public void Programs_of_the_readme_have_at_most_ten_lines() =>
        PageProgram.All.Where(program => program.Page == "README.md").Should().HaveCount(5)
            .And.OnlyContain(program => program.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length <= 10);

    [GeneratedRegex("^#:(?:project|package) (.+)$", RegexOptions.Multiline)]
    private static partial Regex Reference();
}
