using Vae.Samples.Page;

namespace Vae.Samples.Article.Page;

/// <summary>What the page of one experiment shows, under the names that its script knows.</summary>
internal sealed record ExperimentPageData
{
    public required string Name { get; init; }

    public required string Title { get; init; }

    public required string Source { get; init; }

    public required string Idea { get; init; }

    public required string Loss { get; init; }

    public required string Code { get; init; }

    public required Link[] Links { get; init; }

    public required string[] Cultivars { get; init; }

    public required WineMark[] Wines { get; init; }

    public required Frame[] Frames { get; init; }

    public required EpochPoint[] Epochs { get; init; }

    public required FindingLine[] Findings { get; init; }

    /// <summary>Collects what the page shows.</summary>
    public static ExperimentPageData From(Experiment experiment, Split split, VaeModel model, IEnumerable<Frame> frames) => new()
    {
        Name = experiment.Name,
        Title = experiment.Title,
        Source = experiment.Source,
        Idea = experiment.Idea,
        Loss = experiment.Loss,
        Code = experiment.Code,
        Links = Link.All,
        Cultivars = CultivarNames.Of(split.Table),
        Wines = WineMark.Of(split),
        Frames = [.. frames],
        Epochs = [.. model.History.Epochs.Select(EpochPoint.From)],
        Findings = FindingLine.Of(model.Diagnosis),
    };
}
