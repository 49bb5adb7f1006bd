using Vae.Export;
using Vae.Export.Onnx;
using Vae.Persistence;

namespace Vae;

/// <content>A model as something that other engines score with.</content>
public sealed partial class VaeModel
{
    /// <summary>
    /// Writes the model as ONNX, with operators of the plain domain ai.onnx (opset 13) and any number of rows at a time. Its results are
    /// those of this model up to rounding. A row that this model refuses gives numbers that mean nothing.
    /// </summary>
    /// <param name="path">The file; an existing one is replaced, when the new one is whole.</param>
    /// <param name="inputs">How the ONNX model takes rows.</param>
    /// <param name="outputs">What it computes; each is an output of that name, float[N, width].</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layout of rows, or no such output.</exception>
    /// <exception cref="NotSupportedException">Something cannot be exported; the message says what.</exception>
    public void SaveOnnx(string path, OnnxInputs inputs, ScoringOutputs outputs)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var file = OnnxModel.Create(_parts, inputs, outputs);
        AtomicFile.Write(path, stream => file.Write(stream, LibraryVersion.Current, OnnxModel.Metadata(_parts)));
    }

    /// <inheritdoc cref="SaveOnnx(string, OnnxInputs, ScoringOutputs)"/>
    /// <param name="stream">Where to; it need not be seekable, and stays open.</param>
    /// <param name="inputs">How the ONNX model takes rows.</param>
    /// <param name="outputs">What it computes; each is an output of that name, float[N, width].</param>
    public void SaveOnnx(Stream stream, OnnxInputs inputs, ScoringOutputs outputs)
    {
        ArgumentNullException.ThrowIfNull(stream);
        OnnxModel.Create(_parts, inputs, outputs).Write(stream, LibraryVersion.Current, OnnxModel.Metadata(_parts));
    }
}
