using FluentAssertions;
using Vae.Options;
using Xunit;

namespace Vae.Export.Tests;

/// <summary>The scoring graph says what inference computes, before any engine comes into it.</summary>
public sealed class ScoringGraphTests
{
    [Theory]
    [MemberData(nameof(ExportCase.Names), MemberType = typeof(ExportCase))]
    public void A_plain_walk_over_the_graph_computes_what_the_model_computes(string name)
    {
        var item = ExportCase.Of(name);
        var graph = ScoringGraph.Of(item.Model.Parts, ScoringOutputs.All);
        float[] rows = item.Rows(50);
        var walks = rows.Chunk(item.Model.Layout.RowWidth).Select(row => new Interpreter(row)).ToArray();
        graph.Outputs.Keys.Should().Equal(
            ScoringOutputs.Embedding, ScoringOutputs.LogVariance, ScoringOutputs.Score, ScoringOutputs.CellScores,
            ScoringOutputs.Reconstruction);
        foreach (var (output, node) in graph.Outputs)
        {
            node.Width.Should().Be(item.Width(output));
            float[] actual = [.. walks.SelectMany(walk => walk[node]).Select(value => (float)value)];
            item.Difference(output, actual).Should().BeLessThan(1e-5, "of {0}", output);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(32)]
    [InlineData(33)]
    public void An_unknown_output_is_named(int outputs)
    {
        var act = () => ScoringGraph.Of(ExportCase.Of("mixed").Model.Parts, (ScoringOutputs)outputs);
        act.Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage($"*Embedding, LogVariance, Score, CellScores and Reconstruction*{outputs}*");
    }

    [Fact]
    public void The_cases_have_every_activation() => ((IEnumerable<object[]>)ExportCase.Names).Select(row => row[0])
        .Should().Contain(Enum.GetNames<Activation>());
}
