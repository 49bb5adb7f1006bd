using FluentAssertions;
using Vae.Data;
using Vae.Training;

namespace Vae.Testing;

/// <summary>What holds for every trainer, every layout, all options and all rows.</summary>
public static class TrainingProperty
{
    /// <summary>
    /// A training ends with a model that is finite, survives saving to the last bit and makes finite numbers of any row, or with a
    /// documented exception.
    /// </summary>
    /// <returns>Why the trainer refused; null if it did not.</returns>
    public static string? Check(IVaeTrainer trainer, TableCase given)
    {
        var rows = new MatrixRows(given.Layout, given.Rows, given.Weights);
        try
        {
            Check(trainer.Train(rows, given.Options, new TrainingContext { ThreadCount = 1 }), given);
            return null;
        }
        catch (TrainingDivergedException exception)
        {
            bool extreme = given.Options.Robustness == 10 || given.Weights.Length > 0;
            extreme.Should().BeTrue(
                "the default learning rate suits all but the largest robustness and weights from 10⁻²⁰ to 10²⁰ in one table, but: {0}",
                exception.Message);
            Check(exception.BestModel, given);
            return null;
        }
        catch (ArgumentException exception)
        {
            exception.Message.Should().ContainAny("one row", "no rows", "missing", "weights of all training rows are 0");
            return exception.Message;
        }
    }

    private static void Check(VaeModel model, TableCase given)
    {
        // Loading refuses weights that are not finite, and standard deviations that are not positive.
        byte[] bytes = Bytes(model);
        Bytes(VaeModel.Load(new MemoryStream(bytes, writable: false))).Should().Equal(bytes);
        foreach (float[] rows in new[] { given.Rows, given.Unseen })
        {
            int count = rows.Length / model.Layout.RowWidth;
            Finite("means", count * model.LatentDimension, means => model.Encode(rows, means));
            Finite("scores", count, scores => model.Score(rows, scores));
            Finite("cell scores", count * model.Layout.SlotCount, scores => model.CellScores(rows, scores));
            Finite("reconstructions", count * model.Layout.SlotCount, values => model.Reconstruct(rows, values));
        }
    }

    private static void Finite(string what, int length, Action<float[]> fill)
    {
        var values = new float[length];
        fill(values);
        values.Should().OnlyContain(value => float.IsFinite(value), $"{what} are finite");
    }

    private static byte[] Bytes(VaeModel model)
    {
        using var stream = new MemoryStream();
        model.Save(stream);
        return stream.ToArray();
    }
}
