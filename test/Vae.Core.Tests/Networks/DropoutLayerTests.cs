using FluentAssertions;
using Vae.Losses;
using Vae.Training.Managed;
using Xunit;

namespace Vae.Tests.Networks;

public class DropoutLayerTests
{
    private const int Rows = 500;
    private const int Columns = 40;
    private static readonly StepInfo Step = new(0, Rows, Seed: 3, Factor: 1, Training: true);

    [Fact]
    public void A_part_of_the_units_is_dropped_and_the_others_make_up_for_it()
    {
        float[] output = Forward(Create(0.3, out var input, out var result), input, result);
        double dropped = output.Count(value => value == 0) / (double)output.Length;
        dropped.Should().BeApproximately(0.3, 4 * Math.Sqrt(0.3 * 0.7 / output.Length));
        output.Where(value => value != 0).Should().OnlyContain(value => Math.Abs(value - 2 / 0.7f) < 1e-6f);
        for (int column = 0; column < Columns; column++)
            output.Where((_, i) => i % Columns == column).Count(value => value == 0).Should().BeInRange(100, 200);
    }

    [Fact]
    public void The_gradient_passes_where_the_value_did()
    {
        var layer = Create(0.5, out var input, out var result);
        float[] output = Forward(layer, input, result);
        for (int row = 0; row < Rows; row++)
            result.Gradient.Row(row).Fill(3);
        layer.Backward(Step, 0, Rows);
        Values(input.Gradient).Should().Equal(output.Select(value => value * 1.5f));
    }

    [Fact]
    public void Steps_differ_and_the_split_into_pieces_does_not_matter()
    {
        var layer = Create(0.5, out var input, out var result);
        float[] whole = Forward(layer, input, result);
        for (int row = 0; row < Rows; row++)
            layer.Forward(Step, row, 1);
        Values(result.Value).Should().Equal(whole);
        Forward(layer, input, result, Step with { Number = 1 }).Zip(whole).Count(pair => pair.First == pair.Second)
            .Should().BeInRange(9_500, 10_500, "half of the decisions coincide");
    }

    [Fact]
    public void In_use_everything_passes()
    {
        var layer = Create(0.5, out var input, out var result);
        Forward(layer, input, result, Step with { Training = false }).Should().OnlyContain(value => value == 2);
    }

    private static DropoutLayer Create(double probability, out ValueAndGradient input, out ValueAndGradient output)
    {
        input = new ValueAndGradient(Rows, Columns);
        output = new ValueAndGradient(Rows, Columns);
        return new DropoutLayer(probability, 1000, input, output);
    }

    private static float[] Forward(DropoutLayer layer, ValueAndGradient input, ValueAndGradient output, StepInfo? step = null)
    {
        for (int row = 0; row < Rows; row++)
            input.Value.Row(row).Fill(2);
        layer.Forward(step ?? Step, 0, Rows);
        return Values(output.Value);
    }

    private static float[] Values(Vae.Numerics.Matrix matrix) =>
        [.. Enumerable.Range(0, Rows).SelectMany(row => matrix.Row(row).ToArray())];
}
