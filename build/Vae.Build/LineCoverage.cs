using System.Xml.Linq;

namespace Vae.Build;

/// <summary>Which lines the tests of all projects executed, by assembly.</summary>
public sealed class LineCoverage
{
    private readonly SortedDictionary<string, Dictionary<(string File, int Line), bool>> _assemblies = new(StringComparer.Ordinal);

    /// <summary>Adds every Cobertura report under a folder. A line counts as executed when any report says so.</summary>
    public static LineCoverage Read(string folder)
    {
        var coverage = new LineCoverage();
        foreach (var path in Directory.EnumerateFiles(folder, "coverage.cobertura.xml", SearchOption.AllDirectories))
            coverage.Add(XDocument.Load(path));
        return coverage;
    }

    /// <summary>The names of the assemblies with their numbers of executed and of all lines.</summary>
    public IEnumerable<(string Assembly, int Executed, int Lines)> Assemblies =>
        _assemblies.Select(assembly => (assembly.Key, assembly.Value.Values.Count(hit => hit), assembly.Value.Count));

    /// <summary>The lines that were not executed, in order.</summary>
    public IEnumerable<(string File, int Line)> Unreached => _assemblies.Values
        .SelectMany(lines => lines.Where(line => !line.Value).Select(line => line.Key))
        .OrderBy(line => line.File, StringComparer.Ordinal).ThenBy(line => line.Line);

    private void Add(XDocument report)
    {
        var sources = report.Descendants("source").Select(source => source.Value).ToList();
        foreach (var package in report.Descendants("package"))
        {
            foreach (var type in package.Descendants("class"))
            {
                var file = Resolve((string)type.Attribute("filename")!, sources);
                foreach (var line in type.Elements("lines").Elements("line"))
                    Add((string)package.Attribute("name")!, file, (int)line.Attribute("number")!, (long)line.Attribute("hits")! > 0);
            }
        }
    }

    // Each report names files from the folder that its own files have in common.
    private static string Resolve(string file, List<string> sources) =>
        sources.Select(source => Path.Combine(source, file)).FirstOrDefault(File.Exists) ?? file;

    private void Add(string assembly, string file, int line, bool hit)
    {
        if (!_assemblies.TryGetValue(assembly, out var lines))
            _assemblies.Add(assembly, lines = []);
        lines[(file, line)] = hit || lines.GetValueOrDefault((file, line));
    }
}
