using System.Text.Json;
using System.Text.Json.Serialization;

namespace Vae.Samples.Wine.Page;

/// <summary>Writes the page that shows the latent space and the course of training. It is one file that loads nothing.</summary>
internal static class LatentPage
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new FiniteNumberConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
    };

    /// <summary>Writes the page.</summary>
    /// <param name="path">The file; its folder is created.</param>
    /// <param name="data">What the page shows.</param>
    public static void Write(string path, PageData data)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        File.WriteAllText(path, Resource("page.html")
            .Replace("{{style}}", Resource("page.css"), StringComparison.Ordinal)
            .Replace("{{script}}", Resource("page.js"), StringComparison.Ordinal)
            .Replace("{{data}}", JsonSerializer.Serialize(data, Json), StringComparison.Ordinal));
    }

    private static string Resource(string name)
    {
        using var stream = typeof(LatentPage).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
