using Vae.Export;
using Vae.Export.Onnx;
using Vae.Export.Sql;
using Vae.Export.Torch;
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

    /// <summary>
    /// Writes the network with its weights as one Python file, for those who must go on in PyTorch. Its class Vae is a torch.nn.Module
    /// whose forward gives embedding, log-variance and reconstruction of rows, as this model's up to rounding. It needs nothing but PyTorch
    /// (1.13 or later), and nothing in it is unpickled. Loss and training are not in it.
    /// </summary>
    /// <param name="path">The file, such as "vae_wine.py"; an existing one is replaced, when the new one is whole.</param>
    public void SaveTorch(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        AtomicFile.Write(path, stream => TorchModule.Write(_parts, stream));
    }

    /// <summary>
    /// The model as one SELECT, which a database computes without anything else. The table's columns are called as the model's: one for
    /// each numeric or binary slot, with its value, and one for each one-hot group, with its category as a text or a whole number. NULL is
    /// missing, and so are NaN, where the database has it, and a category that the model does not know. Results are those of this model up
    /// to 10⁻⁶ or so.
    /// </summary>
    /// <param name="dialect">Whose SQL.</param>
    /// <param name="table">
    /// What to read: a table, or a query in parentheses with a name behind. It becomes a part of the text as it is.
    /// </param>
    /// <param name="columns">The columns of the table that come before the results, such as its key.</param>
    /// <param name="outputs">
    /// What to compute; the result's columns are "Score" and, for outputs of several values, the name and a number, "Embedding0".
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such dialect, or no such output.</exception>
    /// <exception cref="NotSupportedException">The text would be longer than 10 million characters, or have too many columns.</exception>
    public string ToSql(SqlDialect dialect, string table, IEnumerable<string> columns, ScoringOutputs outputs)
    {
        ArgumentException.ThrowIfNullOrEmpty(table);
        ArgumentNullException.ThrowIfNull(columns);
        return SqlQuery.Write(_parts, dialect, table, [.. columns], outputs);
    }
}
