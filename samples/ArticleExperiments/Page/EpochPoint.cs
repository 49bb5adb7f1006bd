using Vae.History;

namespace Vae.Samples.Article.Page;

/// <summary>One epoch on the loss curves, in nats per wine.</summary>
internal sealed record EpochPoint(int Epoch, double Reconstruction, double KullbackLeibler, double Total)
{
    /// <summary>Takes what the page shows from the history of a training.</summary>
    public static EpochPoint From(EpochMetrics metrics) =>
        new(metrics.Epoch, metrics.Reconstruction, metrics.KullbackLeibler, metrics.Loss);
}
