using System.Diagnostics;
using Vae.Benchmarks.Reporting;
using Vae.Data;
using Vae.Options;
using Vae.Samples;
using Vae.Testing;
using Vae.Training.Managed;

namespace Vae.Benchmarks.Subnormals;

/// <summary>
/// The subnormal numbers in the operands of all products of whole trainings with the defaults, and of scoring with what they give: there
/// should be none, as each can cost a processor a hundred times what another number does.
/// </summary>
internal static class SubnormalOperands
{
    private const int Rows = 20_000;

    /// <param name="folders">Where tables are, besides the made one.</param>
    /// <param name="output">Where the results go.</param>
    public static int Run(IReadOnlyList<string> folders, ResultOutput output)
    {
        var table = new ResultTable("training", "seconds", "epochs", "products", "subnormals in training", "in scoring");
        var results = new List<SubnormalResult>();
        foreach (var activation in Enum.GetValues<Activation>().Where(activation => activation != Activation.Identity))
        {
            var options = new VaeOptions { Activation = activation, EarlyStopping = false, Seed = 3 };
            Add(Count($"made, {activation}", FactorTable.Layout, FactorTable.Create(Rows), options));
        }

        foreach (string path in folders.SelectMany(folder => Directory.EnumerateFiles(folder, "*.csv")).Order(StringComparer.Ordinal))
        {
            var read = LabelledTable.Read(path);
            Add(Count(read.Name, read.Layout, read.Values, new VaeOptions()));
        }

        output.Write("subnormals", [.. table.Lines()], results);
        return results.Exists(result => result.Training + result.Scoring > 0) ? 1 : 0;

        void Add(SubnormalResult result)
        {
            results.Add(result);
            table.Add(
                $"{result.Name}", $"{result.Seconds:0.0}", $"{result.Epochs}", $"{result.Products}", $"{result.Training}",
                $"{result.Scoring}");
        }
    }

    private static SubnormalResult Count(string name, FeatureLayout layout, float[] values, VaeOptions options)
    {
        Console.Error.WriteLine($"Training on {name} …");
        using var count = new SubnormalCount();
        long start = Stopwatch.GetTimestamp();
        var model = new ManagedTrainer().Train(new MatrixRows(layout, values), options);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        long training = count.Subnormals;

        int rows = values.Length / layout.RowWidth;
        var latents = new float[rows * model.LatentDimension];
        model.Encode(values, latents);
        model.Decode(latents, new float[values.Length]);
        model.Score(values, new float[rows]);
        for (int row = 0; row < rows; row++)
            model.Score(values.AsSpan(row * layout.RowWidth, layout.RowWidth), new float[1]);
        return new SubnormalResult(name, seconds, model.History.Epochs.Count, count.Products, training, count.Subnormals - training);
    }
}

/// <summary>One training.</summary>
/// <param name="Name">The table, and what differs from the defaults.</param>
/// <param name="Seconds">How long it took, counting included.</param>
/// <param name="Epochs">The number of epochs.</param>
/// <param name="Products">The number of products, scoring included.</param>
/// <param name="Training">The subnormal numbers in the operands of the training, its diagnosis included.</param>
/// <param name="Scoring">Those of scoring all rows.</param>
internal sealed record SubnormalResult(string Name, double Seconds, int Epochs, long Products, long Training, long Scoring);
