using System.Globalization;
using Vae.Export;
using Vae.Export.Onnx;
using Vae.Persistence;

namespace Vae.Detection;

/// <content>A detector as something that other engines score with.</content>
public sealed partial class VaeDetector
{
    /// <summary>
    /// Writes the detector as ONNX, with operators of the plain domain ai.onnx (opset 13) and any number of rows at a time: all its models,
    /// and their calibration scores as constants. Its outputs are Score, PValue and PredictedLabel, which is 1 for an anomaly and else 0,
    /// each float[N, 1]. They are those of this detector up to rounding. A row that this detector refuses gives numbers that mean nothing.
    /// </summary>
    /// <param name="path">The file; an existing one is replaced, when the new one is whole.</param>
    /// <param name="inputs">
    /// How the ONNX model takes rows. In <see cref="OnnxInputs.PerColumn"/> NaN is a missing category, and a number that is no category is
    /// what a row of zeros is to this detector: missing too, or, if no training row had that, an unseen category.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layout of rows.</exception>
    /// <exception cref="NotSupportedException">Something cannot be exported; the message says what.</exception>
    public void SaveOnnx(string path, OnnxInputs inputs)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var file = CreateOnnx(inputs);
        AtomicFile.Write(path, stream => file.Write(stream, LibraryVersion.Current, Metadata()));
    }

    /// <inheritdoc cref="SaveOnnx(string, OnnxInputs)"/>
    /// <param name="stream">Where to; it need not be seekable, and stays open.</param>
    /// <param name="inputs">How the ONNX model takes rows.</param>
    public void SaveOnnx(Stream stream, OnnxInputs inputs)
    {
        ArgumentNullException.ThrowIfNull(stream);
        CreateOnnx(inputs).Write(stream, LibraryVersion.Current, Metadata());
    }

    private OnnxFile CreateOnnx(OnnxInputs inputs)
    {
        var graph = new DetectorGraph(this);
        (string, ScoringNode)[] outputs =
        [
            (nameof(graph.Score), graph.Score), (nameof(graph.PValue), graph.PValue), (nameof(graph.PredictedLabel), graph.PredictedLabel),
        ];
        return OnnxModel.Create(Layout, graph.Inputs, inputs, outputs);
    }

    private IEnumerable<KeyValuePair<string, string>> Metadata() =>
    [
        .. OnnxModel.Metadata(Models[0].Parts),
        new("vae.falseAlarmRate", FalseAlarmRate.ToString(CultureInfo.InvariantCulture)),
        new("vae.calibrationRows", CalibrationRows.ToString(CultureInfo.InvariantCulture)),
    ];
}
