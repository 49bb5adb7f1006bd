using Vae.Data;

namespace Vae.Testing;

/// <summary>Mistakes that people make when they type a row.</summary>
public static class WrongCells
{
    /// <summary>Makes some values of a row wrong: numbers lose their decimal point (×10), and categories become another one.</summary>
    /// <param name="layout">What the slots mean.</param>
    /// <param name="row">A row without mistakes.</param>
    /// <param name="count">The number of mistakes.</param>
    /// <param name="random">What chooses them.</param>
    /// <param name="onlyNumbers">Whether categories stay as they are.</param>
    /// <returns>The features that are wrong now.</returns>
    public static Feature[] Insert(FeatureLayout layout, float[] row, int count, Random random, bool onlyNumbers = false)
    {
        Feature[] features = [.. layout.Features.Where(feature =>
            feature.Kind == FeatureKind.Numeric ? row[feature.Start] != 0 && float.IsFinite(row[feature.Start]) : !onlyNumbers)];
        random.Shuffle(features);
        foreach (var feature in features[..count])
        {
            var values = row.AsSpan(feature.Start, feature.Length);
            if (feature.Kind == FeatureKind.Numeric)
            {
                values[0] *= 10;
            }
            else if (feature.Kind == FeatureKind.Binary)
            {
                values[0] = 1 - values[0];
            }
            else
            {
                int other = (values.IndexOf(1) + 1 + random.Next(values.Length - 1)) % values.Length;
                values.Clear();
                values[other] = 1;
            }
        }

        return features[..count];
    }
}
