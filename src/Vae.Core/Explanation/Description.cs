using Vae.Data;

namespace Vae.Explanation;

/// <summary>Puts together what one model, or the models of a detector, make of a row.</summary>
internal static class Description
{
    /// <summary>Describes all features of a row, and finds reasons.</summary>
    /// <param name="row">The row in original units.</param>
    /// <param name="features">All features.</param>
    /// <param name="reasons">What to ask for reasons.</param>
    /// <param name="count">The largest number of reasons.</param>
    /// <param name="describe">Describes some features by each model.</param>
    public static RowDescription Of(
        float[] row, IReadOnlyList<Feature> features, DescriptionRequest reasons, int count, DescribeFeatures describe)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var (parts, isUnseen) = describe(row, new DescriptionRequest(features, reasons.Level));
        return new RowDescription(
            parts.Average(part => part.Score), parts.Average(part => part.KullbackLeibler),
            Combine(row, features, parts, isUnseen, reasons.Level), Reasons(row, reasons, count, describe));
    }

    /// <summary>Finds the most surprising feature, hides it, and goes on.</summary>
    /// <inheritdoc cref="Of"/>
    public static List<FeatureDescription> Reasons(float[] row, DescriptionRequest reasons, int count, DescribeFeatures describe)
    {
        var found = new List<FeatureDescription>();
        while (found.Count < count)
        {
            Feature[] hidden = [.. found.Select(reason => reason.Feature)];
            Feature[] others = [.. reasons.Features.Except(hidden)];
            var next = Features(row, reasons with { Features = others, Hidden = hidden }, describe)
                .Where(feature => feature.IsSurprising && feature.Excess > 0).MaxBy(feature => feature.Excess);
            if (next is null) break;
            found.Add(next);
        }

        return found;
    }

    /// <summary>Describes some features of a row.</summary>
    /// <inheritdoc cref="Of"/>
    public static FeatureDescription[] Features(float[] row, DescriptionRequest request, DescribeFeatures describe)
    {
        var (parts, isUnseen) = describe(row, request);
        return Combine(row, request.Features, parts, isUnseen, request.Level);
    }

    private static FeatureDescription[] Combine(
        float[] row, IReadOnlyList<Feature> features, IReadOnlyList<ModelDescription> parts, bool[] isUnseen, double level)
    {
        var descriptions = new FeatureDescription[features.Count];
        for (int i = 0; i < descriptions.Length; i++)
        {
            var mean = FeatureExpectation.Mean([.. parts.Select(part => part.Features[i])]);
            descriptions[i] = new FeatureDescription(features[i], row, mean, isUnseen[features[i].Start], level);
        }

        return descriptions;
    }
}

/// <summary>Describes some features of a row by each model, and says which slots begin a category that training did not see.</summary>
internal delegate (IReadOnlyList<ModelDescription> Parts, bool[] IsUnseen) DescribeFeatures(float[] row, DescriptionRequest request);
