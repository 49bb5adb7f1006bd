using System.Globalization;
using FluentAssertions;
using Vae.Soak;
using Xunit;

namespace Vae.Build.Tests;

public sealed class SoakTests
{
    [Fact]
    public void A_round_trains_and_kills_in_processes_of_their_own_and_finds_no_difference()
    {
        string[] lines = ChildProcess.Lines(BuildMetadata.Of(typeof(SoakTests), "SoakProgram"), null, "--minutes", "0", "--seed", "3");
        lines.Should().HaveCount(2);
        lines[0].Should().Be("seed 3");
        lines[1].Should().MatchRegex(
            @"^no difference in [\d.]+ minutes: 1 trainings \(0 by TorchSharp\), [1-6] kills, 400 damaged files, 1000 scores, ");
    }

    [Fact]
    public void At_the_first_difference_it_fails_names_the_round_and_keeps_the_folder()
    {
        var output = new StringWriter(CultureInfo.InvariantCulture);
        string kept = "";
        var run = new SoakRun(output, 5, (number, folder, tally) =>
        {
            tally.Trainings++;
            kept = folder;
            File.WriteAllText(Path.Combine(folder, "model"), "");
            if (number == 9) throw new Difference("It is another one.");
        });

        run.Run(TimeSpan.FromMinutes(1), first: 7).Should().Be(1);

        string folder = Path.GetDirectoryName(kept)!;
        Directory.GetFileSystemEntries(folder).Should().Equal(kept);
        File.Exists(Path.Combine(kept, "model")).Should().BeTrue();
        Directory.Delete(folder, recursive: true);
        output.ToString().Should().Contain("DIFFERENCE in round 9: It is another one.")
            .And.Contain(folder).And.Contain("--seed 5 --round 9");
    }

    [Fact]
    public void A_table_follows_from_its_seed()
    {
        SoakTable.Of(3).Should().BeEquivalentTo(SoakTable.Of(3));
        SoakTable.Of(3).Options.Should().NotBe(SoakTable.Of(4).Options);
    }

    [Fact]
    public void A_score_that_differs_in_a_bit_is_a_difference()
    {
        var model = Model(3);
        var rows = new float[10 * model.Layout.RowWidth];
        SoakRound.Score(model, model, rows).Should().Be(50);
        FluentActions.Invoking(() => SoakRound.Score(model, Model(4), rows)).Should().Throw<Difference>().WithMessage("*scores row 0 as*");
    }

    private static VaeModel Model(int seed)
    {
        var table = SoakTable.Of(3);
        return (table with { ByTorch = false, Options = table.Options with { Epochs = 1, Seed = seed } }).Train();
    }
}
