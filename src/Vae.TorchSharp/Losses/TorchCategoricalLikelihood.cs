using Vae.Data;
using Vae.TorchSharp.Numerics;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Vae.TorchSharp.Losses;

/// <summary>
/// −log p = logsumexp(a) − a_class of all one-hot groups at once: the groups are laid out as the rows of a matrix as wide as the largest
/// of them, the places that a smaller group leaves holding a logit that adds nothing.
/// </summary>
internal sealed class TorchCategoricalLikelihood : TorchLikelihood
{
    private const float NoLogit = -1e30f;

    private readonly int _groups;
    private readonly int _width;
    private readonly Tensor _places;
    private readonly ColumnSelection _firstSlots;

    /// <param name="groups">The groups, at least one.</param>
    /// <param name="slotCount">D.</param>
    /// <param name="device">Where the rows are.</param>
    public TorchCategoricalLikelihood(IReadOnlyList<FeatureGroup> groups, int slotCount, Device device)
    {
        _groups = groups.Count;
        _width = groups.Max(group => group.Length);
        var places = groups.SelectMany(
            group => Enumerable.Range(0, _width).Select(i => (long)(i < group.Length ? group.Start + i : slotCount)));
        _places = tensor(places.ToArray(), ScalarType.Int64, device).DetachFromDisposeScope();
        _firstSlots = new ColumnSelection([.. groups.Select(group => group.Start)], slotCount, device);
    }

    public override int Observations => _groups;

    public override Tensor Evaluate(Tensor outputs, Tensor targets, Tensor? logScale)
    {
        var logits = LayOut(outputs, NoLogit);
        return logits.logsumexp(2) - (logits * LayOut(targets, 0)).sum(2);
    }

    /// <summary>∫ p^{b+1} = 1 + Σ_k p_k·expm1(b·log p_k).</summary>
    public override Tensor LogIntegral(double robustness, Tensor outputs, Tensor? logScale)
    {
        var logs = LayOut(outputs, NoLogit).log_softmax(2);
        return (logs.exp() * logs.Times(robustness).expm1()).sum(2).log1p();
    }

    public override Tensor Observed(Tensor mask) => _firstSlots.Of(mask);

    public override void Dispose()
    {
        _places.Dispose();
        _firstSlots.Dispose();
    }

    /// <summary>[rows × groups × the largest group's length].</summary>
    private Tensor LayOut(Tensor rows, float empty) =>
        functional.pad(rows, [0, 1], value: empty).index_select(1, _places).view(rows.shape[0], _groups, _width);
}
