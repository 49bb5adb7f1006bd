using FluentAssertions;
using FsCheck.Xunit;
using Vae.Data;
using Vae.Training;
using Vae.Training.Managed;

namespace Vae.Export.Tests;

/// <summary>The scoring graph of any model on any rows, those with numbers from both ends of what a float holds among them.</summary>
public sealed class ScoringGraphProperties
{
    [Property(Arbitrary = [typeof(TableCases)], MaxTest = 8, Replay = "20261125,7", QuietOnSuccess = true)]
    public void Of_any_model_a_plain_walk_and_onnxruntime_compute_what_the_model_computes(TableCase given)
    {
        if (Train(given) is not { } model) return;
        var graph = ScoringGraph.Of(model.Parts, ScoringOutputs.All);
        using var session = OnnxTests.Open(model, OnnxInputs.OneTensor, ScoringOutputs.All);
        foreach (float[] row in given.Unseen.Chunk(model.Layout.RowWidth))
        {
            var walk = new Interpreter(row);
            using var results = session.Run([OnnxTests.Matrix("Features", row, 1, row.Length)]);
            foreach (var (output, node) in graph.Outputs)
            {
                float[] expected = ExportCase.Results(model, output, row);
                Difference(walk[node], expected).Should().BeLessThan(1e-4, "of {0} of {1}", output, given);
                var values = results.Single(result => result.Name == output.ToString()).AsEnumerable<float>();
                Difference(values.Select(value => (double)value), expected)
                    .Should().BeLessThan(1e-4, "of {0} of {1} in onnxruntime", output, given);
            }
        }
    }

    /// <summary>The largest difference, relative to the largest value of the row.</summary>
    private static double Difference(IEnumerable<double> actual, float[] expected)
    {
        double size = 1 + expected.Max(value => Math.Abs((double)value));
        return actual.Zip(expected, (x, y) => Math.Abs((float)x - (double)y) / size).Max();
    }

    private static VaeModel? Train(TableCase given)
    {
        try
        {
            return new ManagedTrainer().Train(new MatrixRows(given.Layout, given.Rows, given.Weights), given.Options);
        }
        catch (Exception exception) when (exception is ArgumentException or TrainingDivergedException)
        {
            return null;
        }
    }
}
