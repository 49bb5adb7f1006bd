using System.Globalization;
using FluentAssertions;
using Vae.Data;
using Vae.Options;
using Vae.Training;
using Vae.Training.Managed;
using Xunit;

namespace Vae.Tests.Training;

/// <summary>A model of newer rows, with more columns and categories, that goes on from an older one.</summary>
public sealed class RetrainingTests
{
    private static readonly VaeOptions Small = new() { LatentDimension = 3, HiddenLayers = [16, 8], Epochs = 20, Seed = 2 };

    /// <summary>Nothing moves: what a model is before its training has begun.</summary>
    private static readonly VaeOptions Still = Small with { Epochs = 1, LearningRate = 1e-30, WeightDecay = 0 };

    private static FeatureLayout Old { get; } = new FeatureLayoutBuilder()
        .Numeric("size", 2).OneHot("colour", "red", "green").Binary("wet").Numeric("price")
        .Conditions().Numeric("age").OneHot("region", 2).Build();

    /// <summary>A column, a category and a condition more, one column gone, and all in another order.</summary>
    private static FeatureLayout New { get; } = new FeatureLayoutBuilder()
        .OneHot("colour", "blue", "green", "red").Numeric("weight").Binary("wet").Numeric("size", 2)
        .Conditions().Binary("member").OneHot("region", 2).Numeric("age").Build();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Before_it_trains_a_new_model_embeds_as_the_old_one_did(bool noisePerSlot)
    {
        var noise = NoiseScaleOptions.Learned(perSlot: noisePerSlot);
        float[] rows = Rows(Old, 200);
        var old = new ManagedTrainer().Train(new MatrixRows(Old, rows), Small with { NoiseScale = noise });
        float[] newRows = Rearranged(rows, weight: 5);
        var next = new ManagedTrainer().Train(
            new MatrixRows(New, newRows), Still with { NoiseScale = noise }, new TrainingContext { InitialModel = old });

        // The price is gone, and counts as missing.
        float[] means = Encode(old, WithoutPrice(rows));
        ShouldBeNear(Encode(next, newRows), means, 1e-5f);
        float[] decoded = new float[200 * New.SlotCount], oldDecoded = new float[200 * Old.SlotCount];
        next.Decode(means, decoded, Conditions(New, newRows));
        old.Decode(means, oldDecoded, Conditions(Old, rows));
        for (int row = 0; row < 200; row++)
        {
            float[] before = oldDecoded[(row * Old.SlotCount)..];
            float[] after = decoded[(row * New.SlotCount)..];
            float[] known = [after[2], after[1], after[4], after[5], after[6]];
            ShouldBeNear(known, [before[2], before[3], before[4], before[0], before[1]], 1e-4f);
        }
    }

    [Fact]
    public void A_slot_is_known_by_its_name_whether_its_column_stands_before_it_or_not()
    {
        var alone = new FeatureLayoutBuilder().Numeric("Features", ["Age", "Income"]).Build();
        var several = new FeatureLayoutBuilder().Numeric("Features", ["Features.Income", "Features.Age"]).Numeric("Rent").Build();
        SlotMatch.Of(several, alone).Should().Equal(1, 0, -1);
        SlotMatch.Of(alone, several).Should().Equal(1, 0);
    }

    [Fact]
    public void A_model_without_any_of_the_columns_is_refused()
    {
        var old = new ManagedTrainer().Train(new MatrixRows(Old, Rows(Old, 40)), Still);
        var train = () => new ManagedTrainer().Train(
            TestTables.Rows(TestLayouts.Numeric, 40), Still, new TrainingContext { InitialModel = old });
        train.Should().Throw<ArgumentException>().WithMessage("*none of its slots*");
    }

    [Fact]
    public void An_old_slot_keeps_its_standardization_and_a_new_one_learns_its_own()
    {
        var old = new ManagedTrainer().Train(new MatrixRows(Old, Rows(Old, 100)), Still);
        float[] rows = [.. Rearranged(Rows(Old, 100), weight: 5).Select((value, i) => i % New.RowWidth == 5 ? value + 100 : value)];
        var next = new ManagedTrainer().Train(new MatrixRows(New, rows), Still, new TrainingContext { InitialModel = old });
        next.Standardization.Means[5].Should().Be(old.Standardization.Means[0]);
        next.Standardization.Deviations[5].Should().Be(old.Standardization.Deviations[0]);
        next.Standardization.Means[3].Should().BeApproximately(5, 0.5, "the weight is new");
    }

    [Fact]
    public void An_anchor_holds_the_latent_space_in_its_place()
    {
        float[] rows = Rows(Old, 300);
        var clean = Small with { InputNoise = 0, InputMasking = 0 };
        var old = new ManagedTrainer().Train(new MatrixRows(Old, rows), clean);
        float[] newer = Rows(Old, 300, seed: 9);
        float[] before = Encode(old, WithoutPrice(newer));
        double free = Moved(0), held = Moved(3), nailed = Moved(100);
        held.Should().BeLessThan(0.8 * free);
        nailed.Should().BeLessThan(0.5 * held).And.BeLessThan(0.02);

        double Moved(double weight)
        {
            var context = new TrainingContext { InitialModel = old, AnchorWeight = weight };
            var next = new ManagedTrainer().Train(new MatrixRows(New, Rearranged(rows, 5)), clean with { Seed = 3 }, context);
            return Encode(next, Rearranged(newer, 5)).Zip(before, (a, b) => Math.Pow(a - b, 2)).Average();
        }
    }

    /// <summary>What docs/retrain.md promises: yesterday's classifier on today's embedding, on rows that neither has seen.</summary>
    [Fact]
    public void A_classifier_on_yesterdays_embedding_loses_at_most_one_standard_error()
    {
        var (layout, rows, labels) = Wine();
        var narrow = new FeatureLayoutBuilder();
        foreach (var group in layout.Groups.Skip(1))
            narrow.Numeric(group.Name);
        double old = 0, anchored = 0, anew = 0;
        int tested = 0;
        for (int seed = 1; seed <= 3; seed++)
        {
            int[] order = [.. Enumerable.Range(0, labels.Length)];
            new Random(seed).Shuffle(order);
            int[] yesterday = order[..80], today = order[..130], test = order[130..];
            var options = new VaeOptions { LatentDimension = 4, HiddenLayers = [32, 16], Epochs = 60, Seed = seed };
            var first = Train(narrow.Build(), Take(yesterday, 1), options, new TrainingContext());
            float[][] centres = Centres(Encode(first, Take(yesterday, 1)).Chunk(4), yesterday);
            old += Correct(centres, Encode(first, Take(test, 1)), test);
            var second = options with { Seed = seed + 100 };
            anchored += Correct(
                centres, Encode(Train(layout, Take(today, 0), second, new TrainingContext { InitialModel = first }), Take(test, 0)), test);
            anew += Correct(centres, Encode(Train(layout, Take(today, 0), second, new TrainingContext()), Take(test, 0)), test);
            tested += test.Length;
        }

        double accuracy = old / tested;
        double standardError = Math.Sqrt(accuracy * (1 - accuracy) / tested);
        accuracy.Should().BeGreaterThan(0.85);
        (anchored / tested).Should().BeGreaterThanOrEqualTo(accuracy - standardError);
        anchored.Should().BeGreaterThan(anew + tested / 50.0, "a model that knows nothing of the old one serves it worse");

        float[] Take(int[] numbers, int firstColumn) =>
            [.. numbers.SelectMany(number => rows[(number * 13 + firstColumn)..(number * 13 + 13)])];

        float[][] Centres(IEnumerable<float[]> embeddings, int[] numbers) =>
        [
            .. embeddings.Zip(numbers, (embedding, number) => (embedding, label: labels[number])).GroupBy(item => item.label)
                .OrderBy(group => group.Key).Select(group =>
                    Enumerable.Range(0, 4).Select(d => group.Average(item => item.embedding[d])).ToArray()),
        ];

        int Correct(float[][] centres, float[] embeddings, int[] numbers) => embeddings.Chunk(4).Zip(numbers, (embedding, number) =>
            Enumerable.Range(0, centres.Length).MinBy(c => centres[c].Zip(embedding, (a, b) => (a - b) * (a - b)).Sum()) == labels[number])
            .Count(isRight => isRight);
    }

    private static VaeModel Train(FeatureLayout layout, float[] rows, VaeOptions options, TrainingContext context) =>
        new ManagedTrainer().Train(new MatrixRows(layout, rows), options, context);

    private static (FeatureLayout Layout, float[] Rows, int[] Labels) Wine()
    {
        string[][] lines =
            [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "data", "wine.csv")).Select(line => line.Split(','))];
        var builder = new FeatureLayoutBuilder();
        foreach (string name in lines[0][..^1])
            builder.Numeric(name);
        string[] classes = [.. lines.Skip(1).Select(line => line[^1]).Distinct().Order(StringComparer.Ordinal)];
        return (
            builder.Build(),
            [.. lines.Skip(1).SelectMany(line => line[..^1]).Select(cell => float.Parse(cell, CultureInfo.InvariantCulture))],
            [.. lines.Skip(1).Select(line => Array.IndexOf(classes, line[^1]))]);
    }

    private static float[] Rows(FeatureLayout layout, int count, int seed = 1)
    {
        float[] rows = new float[count * layout.RowWidth];
        using var reader = TestTables.Rows(layout, count, missing: true, seed: seed).Open();
        reader.Read(rows, default);
        return rows;
    }

    /// <summary>Rows of <see cref="Old"/> as rows of <see cref="New"/>, none of them blue.</summary>
    private static float[] Rearranged(float[] rows, float weight) =>
    [
        .. rows.Chunk(Old.RowWidth).SelectMany((row, i) => new[]
        {
            0, row[3], row[2], weight + (float)Math.Sin(i), row[4], row[0], row[1],
            i % 2, row[7], row[8], row[6],
        }),
    ];

    private static float[] WithoutPrice(float[] rows) => [.. rows.Select((value, i) => i % Old.RowWidth == 5 ? float.NaN : value)];

    private static float[] Conditions(FeatureLayout layout, float[] rows) =>
        [.. rows.Chunk(layout.RowWidth).SelectMany(row => row[layout.SlotCount..])];

    private static float[] Encode(VaeModel model, float[] rows)
    {
        float[] means = new float[rows.Length / model.Layout.RowWidth * model.LatentDimension];
        model.Encode(rows, means);
        return means;
    }

    private static void ShouldBeNear(float[] actual, float[] expected, float tolerance)
    {
        actual.Should().HaveSameCount(expected);
        for (int i = 0; i < actual.Length; i++)
            actual[i].Should().BeApproximately(expected[i], tolerance * (1 + Math.Abs(expected[i])));
    }
}
