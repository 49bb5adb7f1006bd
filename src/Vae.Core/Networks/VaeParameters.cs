namespace Vae.Networks;

/// <summary>All numbers of a VAE: trained weights and measured buffers, whoever trained them.</summary>
internal sealed class VaeParameters(NetworkShape shape)
{
    public NetworkShape Shape { get; } = shape;

    public TensorSet Weights { get; } = new(shape.Weights);

    public TensorSet Buffers { get; } = new(shape.Buffers);

    /// <summary>Whether no weight and no buffer is infinite or NaN.</summary>
    public bool AreFinite => AllFinite(Weights) && AllFinite(Buffers);

    public VaeParameters Clone()
    {
        var clone = new VaeParameters(Shape);
        clone.CopyFrom(this);
        return clone;
    }

    public void CopyFrom(VaeParameters other)
    {
        Weights.CopyFrom(other.Weights);
        Buffers.CopyFrom(other.Buffers);
    }

    private static bool AllFinite(TensorSet tensors) => !tensors.Values.AsSpan().ContainsAnyExceptInRange(float.MinValue, float.MaxValue);
}
