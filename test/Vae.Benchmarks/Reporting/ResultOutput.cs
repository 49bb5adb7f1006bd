using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Vae.Benchmarks.Reporting;

/// <summary>Where results go besides the console: into the sections of a Markdown page and the members of a JSON file, if they are named.</summary>
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

    /// <summary>Takes an option and its value out of a list of arguments.</summary>
    /// <returns>The value, or null if the option is not there.</returns>
    public static string? Take(List<string> arguments, string option)
    {
        int index = arguments.IndexOf(option);
        if (index < 0 || index == arguments.Count - 1) return null;
        string value = arguments[index + 1];
        arguments.RemoveRange(index, 2);
        return value;
    }

    /// <summary>Takes "--page PATH" and "--json PATH" out of a list of arguments.</summary>
    public static ResultOutput Take(List<string> arguments) => new(Take(arguments, "--page"), Take(arguments, "--json"));

    /// <summary>Prints and keeps the results of a benchmark.</summary>
    /// <param name="section">The name of the benchmark: of the page's section and of the JSON file's member.</param>
    /// <param name="lines">The results in Markdown.</param>
    /// <param name="results">The same, for JSON.</param>
    public void Write(string section, IReadOnlyCollection<string> lines, object results)
    {
        Evaluation.Page.Write(null, section, lines);
        if (Page is not null) Evaluation.Page.Write(Page, section, lines);
        if (Json is null) return;
        var root = File.Exists(Json) ? JsonNode.Parse(File.ReadAllText(Json))!.AsObject() : [];
        root[section] = JsonSerializer.SerializeToNode(results, Format);
        File.WriteAllText(Json, root.ToJsonString(Format) + "\n");
    }
}
