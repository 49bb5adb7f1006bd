namespace Vae.Samples.Article;

/// <summary>Keeps a frame of every epoch at first, when much happens, and of fewer later.</summary>
internal sealed class FrameRecorder(Split split) : IProgress<VaeModel>
{
    /// <summary>The frames so far.</summary>
    public List<Frame> Frames { get; } = [];

    /// <inheritdoc/>
    public void Report(VaeModel value)
    {
        var epoch = value.History.BestEpoch;
        var step = epoch switch { <= 20 => 1, <= 200 => 5, _ => 10 };
        if (epoch % step == 0) Frames.Add(Frame.Of(value, split));
    }
}
