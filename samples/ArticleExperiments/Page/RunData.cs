using Vae.Samples.Page;

namespace Vae.Samples.Article.Page;

/// <summary>What the index shows of one experiment.</summary>
internal sealed record RunData
{
    public required string Name { get; init; }

    public required string Title { get; init; }

    public required string Source { get; init; }

    public required string Idea { get; init; }

    public required int[] Positions { get; init; }

    public required double Reconstruction { get; init; }

    public required double[] KullbackLeibler { get; init; }

    public required double NoiseScale { get; init; }

    public required Summary Summary { get; init; }

    public required FindingLine[] Findings { get; init; }

    /// <summary>Collects what the index shows.</summary>
    public static RunData From(Experiment experiment, VaeModel model, Summary summary, Frame last) => new()
    {
        Name = experiment.Name,
        Title = experiment.Title,
        Source = experiment.Source,
        Idea = experiment.Idea,
        Positions = last.Positions,
        Reconstruction = model.Diagnosis.Reconstruction,
        KullbackLeibler = last.KullbackLeibler,
        NoiseScale = model.NoiseScale,
        Summary = summary,
        Findings = FindingLine.Of(model.Diagnosis),
    };
}
