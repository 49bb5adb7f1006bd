using Vae.TorchSharp.Numerics;
using static TorchSharp.torch;

namespace Vae.TorchSharp.Losses;

/// <summary>−log p = ½ [(x − x̂)²/s² + log s² + log 2π].</summary>
internal sealed class TorchGaussianLikelihood(ColumnSelection slots) : TorchLikelihood
{
    private static readonly double HalfLogTwoPi = 0.5 * Math.Log(2 * Math.PI);

    public override int Observations => slots.Count;

    public override Tensor Evaluate(Tensor outputs, Tensor targets, Tensor? logScale)
    {
        var scaled = (slots.Of(outputs) - slots.Of(targets)) * (-logScale!).exp();
        return (scaled * scaled).Times(0.5).Plus(logScale!.Plus(HalfLogTwoPi));
    }

    /// <summary>∫ p^{b+1} = (2πs²)^{−b/2}·(1+b)^{−1/2}.</summary>
    public override Tensor LogIntegral(double robustness, Tensor outputs, Tensor? logScale) =>
        logScale!.Plus(HalfLogTwoPi).Times(-robustness).Plus(-0.5 * Math.Log(1 + robustness));

    public override Tensor Observed(Tensor mask) => slots.Of(mask);

    public override void Dispose() => slots.Dispose();
}
