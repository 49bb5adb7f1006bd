using Vae.Data;
using Vae.Inference;
using Vae.Networks;
using Vae.Options;

namespace Vae.Training.Rows;

/// <summary>The model that a training goes on from, seen from the rows of the new training, which may have other slots.</summary>
internal sealed class EarlierModel
{
    private readonly VaeModel _model;
    private readonly FeatureLayout _layout;
    private readonly int[] _slots;
    private readonly int[] _places;

    /// <param name="model">The earlier model.</param>
    /// <param name="layout">The slots of the new rows.</param>
    public EarlierModel(VaeModel model, FeatureLayout layout)
    {
        _model = model;
        _layout = layout;
        _slots = SlotMatch.Of(layout, model.Layout);
        _places = SlotMatch.Of(model.Layout, layout);
    }

    /// <summary>Whether it knows any modelled slot of the new rows.</summary>
    public bool KnowsAnySlot => _slots.AsSpan(0, _layout.SlotCount).ContainsAnyExcept(-1);

    /// <summary>Whether its network differs from another one in its slots at most.</summary>
    public bool HasLayersOf(NetworkShape shape, VaeOptions options) =>
        CarriedWeights.HaveSameLayers(_model.Parameters.Shape, shape) && Noise(options) == Noise(_model.Options);

    /// <summary>Its weights, as far as the new rows have its slots, and initial ones for what is new.</summary>
    public void CopyTo(VaeParameters parameters) => CarriedWeights.Copy(_model.Parameters, _model.Layout, parameters, _layout, _slots);

    /// <summary>Its standardization, and for slots that it does not know what was learned of them.</summary>
    public Standardization Complete(Standardization learned)
    {
        var known = _model.Standardization;
        double[] means = Choose(learned.Means, known.Means);
        double[] deviations = Choose(learned.Deviations, known.Deviations);
        QuantileMap?[] maps = [.. _slots.Select((slot, i) => slot < 0 ? learned.MapOf(i) : known.MapOf(slot))];
        return new Standardization(means, deviations, maps.All(map => map is null) ? null : maps, learned.Ranges);
    }

    /// <summary>Where it has a new row in latent space, by the values that it knows.</summary>
    /// <param name="row">The row in original units, NaN where missing.</param>
    /// <param name="scratch">As many values as one of its rows has.</param>
    /// <param name="mean">Receives μ.</param>
    public void Encode(ReadOnlySpan<float> row, Span<float> scratch, Span<float> mean)
    {
        foreach (var group in _model.Layout.AllGroups)
        {
            // A category that is gone is none of this row's; a number that is gone is missing.
            float absent = group.Kind == FeatureKind.OneHot ? 0 : float.NaN;
            for (int slot = group.Start; slot < group.End; slot++)
                scratch[slot] = _places[slot] < 0 ? absent : row[_places[slot]];
        }

        _model.Evaluator.Evaluate(scratch, 1, new RowOutputs { Means = mean });
    }

    /// <summary>The number of values of one of its rows.</summary>
    public int RowWidth => _model.Layout.RowWidth;

    private double[] Choose(double[] learned, double[] known) => [.. _slots.Select((slot, i) => slot < 0 ? learned[i] : known[slot])];

    /// <summary>What of the noise scale has tensors of its own.</summary>
    private static (Type Kind, bool PerSlot) Noise(VaeOptions options) =>
        (options.NoiseScale.GetType(), options.NoiseScale is LearnedNoiseScale { PerSlot: true });
}
