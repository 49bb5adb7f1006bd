using Microsoft.ML.Data;

namespace Vae.Samples.FindAnomalies;

/// <summary>A wine's measurements, and whether it is an anomaly (1) or not (0).</summary>
internal sealed class LabelledWine
{
    [VectorType(13)]
    public float[] Features { get; set; } = [];

    public float Label { get; set; }
}
