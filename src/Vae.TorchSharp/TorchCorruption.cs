using Vae.Data;
using Vae.Options;
using Vae.TorchSharp.Losses;
using Vae.TorchSharp.Numerics;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Vae.TorchSharp;

/// <summary>The encoder's input of a denoising VAE in training: noise on observed numeric values, and some groups' values hidden.</summary>
internal sealed class TorchCorruption : IDisposable
{
    private readonly double _masking;
    private readonly Tensor _noise;
    private readonly Tensor _deciding;
    private readonly Tensor _conditions;

    public TorchCorruption(FeatureLayout layout, VaeOptions options, Device device)
    {
        _masking = options.InputMasking;
        var noise = new float[layout.RowWidth];
        var deciding = new long[layout.RowWidth];
        var conditions = new bool[layout.RowWidth];
        conditions.AsSpan(layout.SlotCount).Fill(true);
        foreach (var group in layout.Groups)
        {
            for (int slot = group.Start; slot < group.End; slot++)
            {
                if (group.Kind == FeatureKind.Numeric) noise[slot] = (float)options.InputNoise;
                deciding[slot] = group.Kind == FeatureKind.OneHot ? group.Start : slot;
            }
        }

        using var scope = NewDisposeScope();
        _noise = tensor(noise, ScalarType.Float32, device).DetachFromDisposeScope();
        _deciding = tensor(deciding, ScalarType.Int64, device).DetachFromDisposeScope();
        _conditions = tensor(conditions, ScalarType.Bool, device).DetachFromDisposeScope();
    }

    /// <summary>What the encoder sees instead of the rows.</summary>
    public Tensor Apply(TorchMinibatch rows, StepDraws draws)
    {
        var values = rows.Values;
        if (draws.InputNoise is not null)
        {
            var noise = draws.InputNoise * _noise;
            if (rows.Mask is not null) noise = noise * functional.pad(rows.Mask, [0, values.shape[1] - rows.Mask.shape[1]]);
            values = values.Plus(noise);
        }

        if (draws.Masking is null) return values;
        return values * draws.Masking.index_select(1, _deciding).IsAtLeast(_masking).logical_or_(_conditions);
    }

    public void Dispose()
    {
        _noise.Dispose();
        _deciding.Dispose();
        _conditions.Dispose();
    }
}
