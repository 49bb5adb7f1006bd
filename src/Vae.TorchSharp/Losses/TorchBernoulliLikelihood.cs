using Vae.TorchSharp.Numerics;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Vae.TorchSharp.Losses;

/// <summary>−log p = softplus(a) − x·a with the logit a.</summary>
internal sealed class TorchBernoulliLikelihood(ColumnSelection slots) : TorchLikelihood
{
    public override int Observations => slots.Count;

    public override Tensor Evaluate(Tensor outputs, Tensor targets, Tensor? logScale) =>
        functional.binary_cross_entropy_with_logits(slots.Of(outputs), slots.Of(targets), reduction: Reduction.None);

    /// <summary>∫ p^{b+1} = 1 + y·expm1(b·log y) + (1 − y)·expm1(b·log(1 − y)), y = sigmoid(a).</summary>
    public override Tensor LogIntegral(double robustness, Tensor outputs, Tensor? logScale)
    {
        var logits = slots.Of(outputs);
        var logOne = logits.log_sigmoid();
        var logZero = (-logits).log_sigmoid();
        return (logOne.exp() * logOne.Times(robustness).expm1()).Plus(logZero.exp() * logZero.Times(robustness).expm1()).log1p();
    }

    public override Tensor Observed(Tensor mask) => slots.Of(mask);

    public override void Dispose() => slots.Dispose();
}
