using FluentAssertions;
using Vae.Options;
using Vae.Tests.Trust;
using Vae.Training;
using Vae.Training.Managed;
using Xunit;

namespace Vae.Tests.Training;

public sealed class TrainingContextTests
{
    [Fact]
    public void A_wrong_setting_is_refused_by_name_before_a_row_is_read()
    {
        foreach (var (context, name) in new (TrainingContext, string)[]
        {
            (new() { ThreadCount = 0 }, nameof(TrainingContext.ThreadCount)),
            (new() { MemoryBudget = -1 }, nameof(TrainingContext.MemoryBudget)),
            (new() { CancellationBehavior = (CancellationBehavior)7 }, nameof(TrainingContext.CancellationBehavior)),
        })
        {
            var train = () => new ManagedTrainer().Train(new UnreadRows(), new VaeOptions(), context);
            train.Should().Throw<ArgumentOutOfRangeException>().WithParameterName(name);
        }
    }

    [Theory]
    [InlineData(10, 0.9, 8)]
    [InlineData(3, 0.5, 1)]
    [InlineData(2, 0.5, 0)]
    public void Where_too_few_rows_would_be_left_as_many_as_can_are_held_out_with_a_warning(int rows, double fraction, int heldOut)
    {
        var warnings = new List<string>();
        var options = new VaeOptions { LatentDimension = 1, HiddenLayers = [4], Epochs = 1, ValidationFraction = fraction };
        var context = new TrainingContext { Warnings = new SynchronousWarnings(warnings.Add) };
        var history = new ManagedTrainer().Train(TestTables.Noise(rows, 3), options, context).History;
        history.ValidationRows.Should().Be(heldOut);
        warnings.Should().ContainSingle().Which.Should().Match($"ValidationFraction * of {rows} rows*{heldOut} are held out*");
    }

    [Fact]
    public void Nothing_is_said_where_as_many_rows_are_held_out_as_were_asked_for()
    {
        var warnings = new List<string>();
        var options = new VaeOptions { LatentDimension = 1, HiddenLayers = [4], Epochs = 1, ValidationFraction = 0.9 };
        new ManagedTrainer().Train(
            TestTables.Noise(20, 3), options, new TrainingContext { Warnings = new SynchronousWarnings(warnings.Add) });
        warnings.Should().BeEmpty();
    }
}
