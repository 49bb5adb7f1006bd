using FluentAssertions;
using TorchSharp;
using Vae.TorchSharp.Numerics;

namespace Vae.TorchSharp.Tests;

/// <summary>ln(1 + eˣ), where formulas for it go wrong: at the kink of |x|, and far out.</summary>
public sealed class SoftplusTests
{
    private static readonly float[] Points = [-200, -30, -1, -1e-3f, 0, 1e-3f, 1, 30, 200];

    [TorchFact]
    public void Value_and_gradient_are_exact_everywhere()
    {
        using var scope = torch.NewDisposeScope();
        var x = torch.tensor(Points, requires_grad: true);
        var y = x.Softplus();
        y.sum().backward();

        y.data<float>().ToArray().Should().Equal(Points, (value, point) => IsClose(value, Softplus(point)));
        x.grad!.data<float>().ToArray().Should().Equal(Points, (slope, point) => IsClose(slope, 1 / (1 + Math.Exp(-(double)point))));
    }

    private static double Softplus(double x) => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x)));

    private static bool IsClose(double actual, double expected) => Math.Abs(actual - expected) <= 1e-6 * Math.Max(expected, 1e-6);
}
