using System.Text.Json;
using FluentAssertions;
using Vae.Benchmarks.Peers;
using Vae.Benchmarks.Reporting;
using Xunit;

namespace Vae.Build.Tests;

public class PeerRunTests
{
    private static readonly string[] Network = ["13", "8,4", "2", "32"];

    [Fact]
    public void A_peer_that_prints_an_error_is_not_run_and_says_why()
    {
        // There is no such program, which the host says and ends.
        var result = Run(new Peer("P", ["dotnet", "exec", "no-such-program.dll"]));
        result.NotRun.Should().StartWith("not run: ").And.Contain("no-such-program.dll").And.NotContain("\n");
        result.Ratio.Should().BeNull();

        var json = JsonSerializer.SerializeToElement(result);
        json.GetProperty("NotRun").GetString().Should().Be(result.NotRun);
        json.GetProperty("Ratio").ValueKind.Should().Be(JsonValueKind.Null);
        var table = new ResultTable("network", "P", "threads", "ratio");
        table.Add([$"N", .. result.Cells()]);
        table.Lines().Last().Should().MatchRegex(@"^\| N +\| +not run \| +\| +\|$");
    }

    [Fact]
    public void A_peer_whose_answer_is_not_a_number_is_not_run_and_says_what_it_said()
    {
        // It lists versions and where they are.
        var result = Run(new Peer("P", ["dotnet", "--list-sdks"]));
        result.NotRun.Should().StartWith("not run: ").And.Contain(Environment.Version.Major + ".");
    }

    [Fact]
    public void A_peer_that_cannot_be_started_is_not_run_and_says_why() =>
        Run(new Peer("P", ["no-such-program"])).NotRun.Should().StartWith("not run: ").And.Contain("no-such-program");

    [Theory]
    [InlineData("Traceback (most recent call last):\n  File \"step.py\", line 13\n    import torch\nNo torch.\n", "No torch.")]
    [InlineData("No libtorch.\n ---> Inner.\n   at A.B()\n   --- End of inner exception ---\n   at C.D()\n", "No libtorch.")]
    [InlineData("No libtorch. Is there\n  a package?\n", "No libtorch. Is there\n  a package?\n")]
    public void The_reason_is_what_was_wrong_without_the_calls(string error, string reason) =>
        PeerStep.WithoutTrace(error).Should().Be(reason);

    private static PeerResult Run(Peer peer)
    {
        using var run = new PeerRun(peer, Network);
        for (int round = 0; round < 2; round++)
            run.Measure(0.01, (times, time) => times.Add(time));
        return run.Result(managed: 1);
    }
}
