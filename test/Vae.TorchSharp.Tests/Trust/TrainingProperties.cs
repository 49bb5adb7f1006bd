using FluentAssertions;
using Vae.Data;
using Vae.Training;
using Vae.Training.Managed;

namespace Vae.TorchSharp.Tests.Trust;

/// <summary>What holds for every layout, all options and all rows: the tables of the managed trainer's properties.</summary>
public sealed class TrainingProperties
{
    [TorchProperty(Arbitrary = [typeof(TableCases)], MaxTest = 60, Replay = "20260105,7", QuietOnSuccess = true)]
    public void Training_ends_with_a_finite_model_or_a_documented_exception(TableCase given)
    {
        var rows = new MatrixRows(given.Layout, given.Rows, given.Weights);
        var context = new TrainingContext { ThreadCount = 1 };
        VaeModel model;
        try
        {
            model = new TorchTrainer().Train(rows, given.Options, context);
        }
        catch (TrainingDivergedException exception)
        {
            model = exception.BestModel;
            bool extreme = given.Options.Robustness == 10 || given.Weights.Length > 0;
            extreme.Should().BeTrue(
                "the default learning rate suits all but the largest robustness and weights from 10⁻²⁰ to 10²⁰ in one table");
        }
        catch (ArgumentException exception)
        {
            var train = () => new ManagedTrainer().Train(rows, given.Options, context);
            train.Should().Throw<ArgumentException>().WithMessage(exception.Message);
            return;
        }

        model.Parameters.AreFinite.Should().BeTrue();
        var scores = new float[given.Unseen.Length / given.Layout.RowWidth];
        model.Score(given.Unseen, scores);
        scores.Should().OnlyContain(score => float.IsFinite(score));
    }
}
