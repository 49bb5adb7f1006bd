using Vae.Data;
using Vae.Reports.Charts;
using Vae.Reports.Rows;

namespace Vae.Reports.Page;

/// <summary>What moves along each latent dimension: the decoder, with all other dimensions at 0.</summary>
internal static class DimensionCards
{
    private const int MostCards = 12;
    private const int MostEffects = 5;

    /// <summary>A smaller change, in standard deviations or as a probability, is none.</summary>
    private const double LeastStrength = 0.05;

    /// <summary>Where a dimension is decoded, in standard deviations of the prior.</summary>
    public static readonly float[] Steps = [-2, -1, 0, 1, 2];

    /// <summary>A card for each dimension along which something moves, the strongest first, and how many have none.</summary>
    public static (DimensionCard[] Cards, string Others) Build(ReportSource source)
    {
        DimensionCard[] all = [.. source.Dimensions.Select(dimension => Card(source, dimension.Index, dimension.Share))];
        DimensionCard[] moving = [.. all.Where(card => card.Effects.Length > 0)];
        int still = all.Length - moving.Length;
        int more = Math.Max(0, moving.Length - MostCards);
        string others = string.Join(" ", new[]
        {
            still == 0 ? "" : $"Along {Words.Count(still, "dimension")} nothing moves: they are not used.",
            more == 0 ? "" : $"{Words.Count(more, "further dimension")} of smaller share {(more == 1 ? "is" : "are")} not shown.",
        }.Where(text => text.Length > 0));
        return (moving[..^more], others);
    }

    private static DimensionCard Card(ReportSource source, int dimension, double share)
    {
        var model = source.Model;
        int width = model.Layout.SlotCount;
        float[] latents = new float[Steps.Length * model.LatentDimension];
        for (int step = 0; step < Steps.Length; step++)
            latents[step * model.LatentDimension + dimension] = Steps[step];
        float[] decoded = new float[Steps.Length * width];
        model.Decode(latents, decoded, Conditions(source));
        var effects = source.Survey.Features.Select(feature => EffectOf(feature, decoded, width))
            .Where(effect => effect.Strength >= LeastStrength).OrderByDescending(effect => effect.Strength).Take(MostEffects);
        double divergence = model.Diagnosis.KullbackLeiblerPerDimension[dimension];
        string note = $"{Words.Percent(share)} of the embedding · KL {Words.Number(Math.Round(divergence, 2))} nats";
        return new DimensionCard(ReportSource.DimensionName(dimension), note, [.. effects.Select(effect => effect.Effect)]);
    }

    private static (Effect Effect, double Strength) EffectOf(FeatureSummary summary, float[] decoded, int width)
    {
        var feature = summary.Feature;
        if (feature.Kind == FeatureKind.Numeric)
        {
            double[] values = Along(feature.Start);
            double strength = summary.Deviation > 0 ? (values.Max() - values.Min()) / summary.Deviation : 0;
            return (new Effect(feature.Name, values, Words.Rough(values[0]), Words.Rough(values[^1])), strength);
        }

        int slot = Enumerable.Range(feature.Start, feature.Length).MaxBy(candidate => Range(Along(candidate)));
        double[] probabilities = Along(slot);
        string name = feature.Kind == FeatureKind.Binary ? feature.Name : $"{feature.Name} = {feature.Categories[slot - feature.Start]}";
        var effect = new Effect(name, probabilities, Words.Percent(probabilities[0]), Words.Percent(probabilities[^1]));
        return (effect, Range(probabilities));

        double[] Along(int index) => [.. Enumerable.Range(0, Steps.Length).Select(step => (double)decoded[step * width + index])];
    }

    private static double Range(double[] values) => values.Max() - values.Min();

    /// <summary>The conditions of the row nearest to the centre, for all steps; none for an ordinary VAE.</summary>
    private static float[] Conditions(ReportSource source)
    {
        var layout = source.Model.Layout;
        if (layout.ConditionSlotCount == 0) return [];
        var typical = source.Survey.Drawn.MinBy(row => row.Result.Score)!;
        return [.. Enumerable.Repeat(typical.Values[layout.SlotCount..], Steps.Length).SelectMany(values => values)];
    }
}
