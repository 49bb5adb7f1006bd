using System.Text.Json;
using System.Text.Json.Serialization;
using Vae.Data;
using Vae.Diagnostics;

namespace Vae.Persistence;

/// <summary>A <see cref="RowProfile"/> in a header; the numbers are in the data.</summary>
/// <param name="Rows">The number of rows.</param>
/// <param name="Scores">The number of scores.</param>
/// <param name="Cuts">The number of places of each distribution: of each numeric feature, each dimension, and the score.</param>
[method: JsonConstructor]
internal sealed record ProfileHeader(int Rows, int Scores, IReadOnlyList<int> Cuts)
{
    public static ProfileHeader? Of(RowProfile? profile) => profile is null
        ? null
        : new ProfileHeader(profile.Rows, profile.Measured[^1].Total, [.. Distributions(profile).Select(numbers => numbers.Cuts.Length)]);

    public static void Write(RowProfile? profile, DataWriter writer)
    {
        if (profile is null) return;
        foreach (int[] counts in profile.Counts)
            writer.Write(Array.ConvertAll(counts, count => (float)count));
        foreach (var numbers in Distributions(profile))
        {
            writer.Write(numbers.Cuts);
            writer.Write(Array.ConvertAll(numbers.Counts, count => (float)count));
        }
    }

    /// <exception cref="JsonException">There are too many places, or fewer than none.</exception>
    public long DataLength(LayoutHeader layout)
    {
        if (Rows is < 1 or > RowProfile.MostRows || Scores < 1 || Scores > Rows
            || Cuts.Any(cuts => cuts is < 0 or > NumberProfile.MostCuts))
        {
            throw new JsonException("The profile has a shape that cannot be.");
        }

        long counts = layout.Groups.Concat(layout.Conditions).Sum(group => group.Kind switch
        {
            FeatureKind.OneHot => group.Slots.Length + 1L,
            FeatureKind.Binary => 3L * group.Slots.Length,
            _ => 2L * group.Slots.Length,
        });
        return sizeof(float) * (counts + 2 * Cuts.Sum(cuts => (long)cuts));
    }

    /// <exception cref="JsonException">There is no such profile.</exception>
    public RowProfile Read(FeatureLayout layout, int dimensions, ref DataReader reader)
    {
        var features = layout.AllFeatures;
        int[][] counts = new int[features.Length][];
        int numeric = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            counts[i] = ReadCounts(features[i].CategoryCount + 1, ref reader);
            if (counts[i].Sum(count => (long)count) != Rows) throw new JsonException("The profile counts other rows than it has.");
            if (features[i].Kind == FeatureKind.Numeric) numeric++;
        }

        if (Cuts.Count != numeric + dimensions + 1) throw new JsonException("The profile has other distributions than the model.");
        var values = new NumberProfile?[counts.Length];
        int read = 0;
        for (int i = 0; i < values.Length; i++)
        {
            if (features[i].Kind == FeatureKind.Numeric) values[i] = ReadNumbers(Cuts[read++], counts[i][0], ref reader);
        }

        var measured = new NumberProfile[dimensions + 1];
        for (int i = 0; i < measured.Length; i++)
            measured[i] = ReadNumbers(Cuts[read++], i < dimensions ? Rows : Scores, ref reader);
        return new RowProfile(Rows, counts, values, measured);
    }

    private static IEnumerable<NumberProfile> Distributions(RowProfile profile) =>
        profile.Values.OfType<NumberProfile>().Concat(profile.Measured);

    private NumberProfile ReadNumbers(int length, int total, ref DataReader reader)
    {
        if (length == 0) return new NumberProfile([], [], total);
        float[] cuts = new float[length];
        reader.Read(cuts);
        int[] counts = ReadCounts(length, ref reader);
        for (int i = 0; i < length; i++)
        {
            bool rises = i == 0 || (cuts[i] > cuts[i - 1] && counts[i] >= counts[i - 1]);
            if (!rises || !float.IsFinite(cuts[i]) || counts[i] > total)
                throw new JsonException("The profile has a distribution that cannot be.");
        }

        return new NumberProfile(cuts, counts, total);
    }

    private int[] ReadCounts(int length, ref DataReader reader)
    {
        float[] numbers = new float[length];
        reader.Read(numbers);
        return Array.ConvertAll(
            numbers, number => number >= 0 && number <= Rows && number == MathF.Floor(number)
                ? (int)number
                : throw new JsonException("The profile has a count that cannot be."));
    }
}
