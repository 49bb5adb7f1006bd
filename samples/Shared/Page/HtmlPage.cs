using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Vae.Samples.Page;

/// <summary>Writes a page as one file that loads nothing: its style, its script and its data are in it.</summary>
public static class HtmlPage
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new FiniteNumberConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
    };

    /// <summary>Writes a page.</summary>
    /// <param name="path">The file; its folder is created.</param>
    /// <param name="name">The name of the .html, .css and .js that are embedded in the assembly of <typeparamref name="T"/>.</param>
    /// <param name="title">What the browser calls the page.</param>
    /// <param name="data">What the page's script finds as <c>data</c>.</param>
    public static void Write<T>(string path, string name, string title, T data)
    {
        Assembly shared = typeof(HtmlPage).Assembly, own = typeof(T).Assembly;
        string script = Resource(shared, "charts.js") + Resource(shared, "wines.js") + Resource(own, $"{name}.js");
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        File.WriteAllText(path, Resource(shared, "shared.html")
            .Replace("{{title}}", title, StringComparison.Ordinal)
            .Replace("{{body}}", Resource(own, $"{name}.html"), StringComparison.Ordinal)
            .Replace("{{style}}", Resource(shared, "shared.css") + Resource(own, $"{name}.css"), StringComparison.Ordinal)
            .Replace("{{script}}", script, StringComparison.Ordinal)
            .Replace("{{data}}", JsonSerializer.Serialize(data, Json), StringComparison.Ordinal));
    }

    private static string Resource(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
