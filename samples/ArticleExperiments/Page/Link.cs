namespace Vae.Samples.Article.Page;

/// <summary>A way to the page of an experiment.</summary>
internal sealed record Link(string Name, string Title)
{
    /// <summary>The pages of all experiments.</summary>
    public static Link[] All { get; } = [.. Experiments.All.Select(experiment => new Link(experiment.Name, experiment.Title))];
}
