using Vae.Losses.Reconstruction;
using Vae.Options;
using Vae.TorchSharp.Numerics;
using static TorchSharp.torch;

namespace Vae.TorchSharp.Losses;

/// <summary>−log p = (1/c)·log cosh t + log s + log Z, t = c·(x̂ − x)/s, with log cosh t = t + softplus(−2t) − log 2.</summary>
internal sealed class TorchLogCoshLikelihood(ColumnSelection slots) : TorchLikelihood
{
    private const double C = VaeOptions.LogCoshSharpness;

    private static readonly double Constant = LogCoshLikelihood.LogIntegralOfPower(1) - Math.Log(2) / C;

    public override int Observations => slots.Count;

    public override Tensor Evaluate(Tensor outputs, Tensor targets, Tensor? logScale)
    {
        var magnitude = ((slots.Of(outputs) - slots.Of(targets)) * (-logScale!).exp()).Times(C).abs();
        return magnitude.Plus(magnitude.Times(-2).Softplus()).Times(1 / C).Plus(logScale!.Plus(Constant));
    }

    /// <summary>∫ p^{b+1} = s^{−b}·Z(b+1)/Z^{b+1}, Z(q) the integral of the q-th power of the kernel.</summary>
    public override Tensor LogIntegral(double robustness, Tensor outputs, Tensor? logScale) =>
        logScale!.Times(-robustness).Plus(LogCoshLikelihood.LogIntegralOfDensityPower(1 + robustness));

    public override Tensor Observed(Tensor mask) => slots.Of(mask);

    public override void Dispose() => slots.Dispose();
}
