using Vae.Data;
using Vae.Options;
using Vae.Training;
using Vae.Training.Managed;

namespace Vae.Tests.Persistence;

/// <summary>Models of a small mixed table with missing values, trained for an instant.</summary>
internal static class SmallModels
{
    public static FeatureLayout Layout { get; } = new FeatureLayoutBuilder()
        .Numeric("size", ["height", "width"])
        .Binary("sold")
        .OneHot("colour", "red", "green", "blü")
        .Numeric("price")
        .Build();

    public static VaeOptions Options { get; } = new()
    {
        LatentDimension = 2,
        HiddenLayers = [16, 8],
        Epochs = 3,
        BatchSize = 16,
        RegularizerSchedule = WeightSchedule.WarmUp(2),
        Seed = 5,
    };

    /// <summary>Large enough for several threads to have work.</summary>
    public static VaeOptions WideOptions { get; } = Options with { HiddenLayers = [128, 64], BatchSize = 64, Epochs = 5 };

    /// <summary>Rows of <see cref="Layout"/>, about one value in ten missing.</summary>
    public static float[] Rows(int count, int seed = 1)
    {
        var random = new Random(seed);
        var rows = new float[count * Layout.RowWidth];
        for (int i = 0; i < count; i++)
        {
            var row = rows.AsSpan(i * Layout.RowWidth, Layout.RowWidth);
            double factor = random.NextDouble();
            row[0] = (float)(170 + 20 * factor + random.NextDouble());
            row[1] = random.Next(10) == 0 ? float.NaN : (float)(50 - 10 * factor);
            row[2] = factor > 0.5 ? 1 : 0;
            if (random.Next(10) > 0) row[3 + (int)(3 * factor)] = 1;
            row[6] = (float)Math.Exp(factor);
        }

        return rows;
    }

    public static VaeModel Train(VaeOptions? options = null, TrainingContext? context = null) =>
        new ManagedTrainer().Train(new MatrixRows(Layout, Rows(60)), options ?? Options,
        context ?? new TrainingContext { ThreadCount = 1 });

    public static byte[] Bytes(VaeModel model)
    {
        using var stream = new MemoryStream();
        model.Save(stream);
        return stream.ToArray();
    }

    public static VaeModel Load(byte[] bytes) => VaeModel.Load(new MemoryStream(bytes, writable: false));

    public static float[] Scores(VaeModel model)
    {
        var scores = new float[40];
        model.Score(Rows(40, seed: 2), scores);
        return scores;
    }
}
