using System.Text.Json.Nodes;
using Vae.Diagnostics;

namespace Vae.Persistence;

/// <summary>The JSON header of a model file.</summary>
internal sealed record ModelHeader
{
    /// <summary>The version of the library that wrote the file; first, so that it can be told of a header that is not understood.</summary>
    public required string WrittenBy { get; init; }

    public required LayoutHeader Layout { get; init; }

    /// <summary>The options as <see cref="OptionsJson"/> writes them.</summary>
    public required JsonObject Options { get; init; }

    public required HistoryHeader History { get; init; }

    public required VaeDiagnosis? Diagnosis { get; init; }

    /// <summary>The tensors in the order of the data: weights, then buffers.</summary>
    public required IReadOnlyList<TensorHeader> Tensors { get; init; }
}
