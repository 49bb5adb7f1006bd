using Microsoft.ML.Runtime;
using Vae.MLNet.Internals;
using Vae.Selection;

namespace Vae.MLNet.Training;

/// <summary>The course of a selection in ML.NET's log.</summary>
internal sealed class SelectionLog(IChannel channel, IProgress<SelectionProgress>? listener) : IProgress<SelectionProgress>
{
    /// <inheritdoc/>
    public void Report(SelectionProgress value)
    {
        if (value.Outcome == CandidateOutcome.Failed)
            Hosting.Warning(channel, value.ToString());
        else
            Hosting.Info(channel, value.ToString());
        listener?.Report(value);
    }

    /// <summary>Reports how the selection ended.</summary>
    public void Report(SelectionResult result)
    {
        foreach (string line in result.ToString().Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries))
            Hosting.Info(channel, line);
    }
}
