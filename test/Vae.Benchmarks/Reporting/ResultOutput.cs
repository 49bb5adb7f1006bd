using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Vae.Testing;

namespace Vae.Benchmarks.Reporting;

/// <summary>
/// Where results go besides the console: into the sections of a Markdown page and the members of a JSON file, if they are named, each
/// with a part for every processor that was measured.
/// </summary>
/// <param name="Page">The path of the page, or null.</param>
/// <param name="Json">The path of the JSON file, or null.</param>
internal sealed record ResultOutput(string? Page, string? Json)
{
    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Prints and keeps the results of a benchmark.</summary>
    /// <param name="section">The name of the benchmark: of the page's section and of the JSON file's member.</param>
    /// <param name="lines">The results in Markdown.</param>
    /// <param name="results">The same, for JSON.</param>
    public void Write(string section, IReadOnlyCollection<string> lines, object results)
    {
        string[] text = [Machine.Description + ".", "", .. lines];
        MarkdownPage.Write(null, section, text);
        if (Page is not null) MarkdownPage.WritePart(Page, section, Machine.Processor, text);
        if (Json is null) return;
        var root = File.Exists(Json) ? JsonNode.Parse(File.ReadAllText(Json))!.AsObject() : [];
        if (root[section] is not JsonObject parts) root[section] = parts = [];
        parts[Machine.Processor] = JsonSerializer.SerializeToNode(new { Machine = Machine.Description, Results = results }, Format);
        File.WriteAllText(Json, root.ToJsonString(Format) + "\n");
    }
}
