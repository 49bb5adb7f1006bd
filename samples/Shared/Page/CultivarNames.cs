namespace Vae.Samples.Page;

/// <summary>What a reader calls the cultivars.</summary>
public static class CultivarNames
{
    /// <summary>A name for each class of the wines.</summary>
    public static string[] Of(LabelledTable wines) => [.. wines.Classes.Select((_, index) => $"Cultivar {index + 1}")];
}
