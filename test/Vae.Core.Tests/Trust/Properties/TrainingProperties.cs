using FluentAssertions;
using FsCheck.Xunit;
using Vae.Data;
using Vae.Tests.Persistence;
using Vae.Training;
using Vae.Training.Managed;

namespace Vae.Tests.Trust.Properties;

/// <summary>What holds for every layout, all options and all rows.</summary>
public sealed class TrainingProperties
{
    [Property(Arbitrary = [typeof(TableCases)], MaxTest = 150, Replay = "20260103,7", QuietOnSuccess = true)]
    public void Training_ends_with_a_finite_model_or_a_documented_exception(TableCase given)
    {
        var model = Train(given);
        if (model is null) return;

        // Loading refuses weights that are not finite, and standard deviations that are not positive.
        var bytes = SmallModels.Bytes(model);
        SmallModels.Bytes(SmallModels.Load(bytes)).Should().Equal(bytes);
        EverythingIsFinite(model, given.Rows);
        EverythingIsFinite(model, given.Unseen);
    }

    private static VaeModel? Train(TableCase given)
    {
        try
        {
            var rows = new MatrixRows(given.Layout, given.Rows, given.Weights);
            return new ManagedTrainer().Train(rows, given.Options, new TrainingContext { ThreadCount = 1 });
        }
        catch (TrainingDivergedException exception)
        {
            bool extreme = given.Options.Robustness == 10 || given.Weights.Length > 0;
            extreme.Should().BeTrue(
                "the default learning rate suits all but the largest robustness and weights from 10⁻²⁰ to 10²⁰ in one table");
            return exception.BestModel;
        }
        catch (ArgumentException exception)
        {
            exception.Message.Should().ContainAny("one row", "no rows", "missing", "weights of all training rows are 0");
            return null;
        }
    }

    private static void EverythingIsFinite(VaeModel model, float[] rows)
    {
        int count = rows.Length / model.Layout.RowWidth;
        void Check(string what, int length, Action<float[]> fill)
        {
            var values = new float[length];
            fill(values);
            values.Should().OnlyContain(value => float.IsFinite(value), $"{what} are finite");
        }

        Check("means", count * model.LatentDimension, means => model.Encode(rows, means));
        Check("scores", count, scores => model.Score(rows, scores));
        Check("cell scores", count * model.Layout.SlotCount, scores => model.CellScores(rows, scores));
        Check("reconstructions", count * model.Layout.SlotCount, values => model.Reconstruct(rows, values));
    }
}
