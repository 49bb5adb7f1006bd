using System.Globalization;
using Microsoft.ML.Runtime;
using Vae.Data;
using Vae.MLNet.Internals;
using Vae.Training;

namespace Vae.MLNet.Training;

/// <summary>
/// The course of a training in ML.NET's log: what the rows hold, every epoch as a trace, every tenth part of the way as news, and at the
/// end the diagnosis.
/// </summary>
internal sealed class TrainingLog(IChannel channel, IProgress<TrainingProgress>? listener)
    : IProgress<TrainingProgress>, IProgress<string>
{
    private const int Reports = 10;

    private int _reported;

    /// <summary>What the user's listener threw, which is his own and passes unchanged.</summary>
    public Exception? ListenerException { get; private set; }

    /// <summary>Reports what the slots of a row are taken for.</summary>
    public void Report(string columnNames, FeatureLayout layout)
    {
        string conditions = layout.Conditions.Count > 0 ? "; conditions: " + Describe(layout.Conditions) : "";
        Hosting.Info(channel, $"Reads {columnNames} as {Describe(layout.Groups)}{conditions}.");
    }

    /// <inheritdoc/>
    public void Report(TrainingProgress value)
    {
        string message = Describe(value);
        int part = (int)((long)value.Metrics.Epoch * Reports / value.Metrics.Epochs);
        if (part > _reported)
        {
            _reported = part;
            Hosting.Info(channel, message);
        }
        else
        {
            Hosting.Trace(channel, message);
        }

        try
        {
            listener?.Report(value);
        }
        catch (Exception exception)
        {
            ListenerException = exception;
            throw;
        }
    }

    /// <summary>Reports what went wrong without ending the training.</summary>
    void IProgress<string>.Report(string value) => Hosting.Warning(channel, value);

    /// <summary>Reports how the training ended.</summary>
    public void Report(VaeModel model)
    {
        var history = model.History;
        string end = history.Cancelled ? " (cancelled)" : history.StoppedEarly ? " (stopped early)" : "";
        string course = Invariant($"{history.TrainingRows} rows in {history.Epochs.Count} epochs{end}; best epoch {history.BestEpoch}");
        Hosting.Info(channel, $"Trained by {history.Trainer} on {course}.");
        foreach (string line in model.Diagnosis.ToString().Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries))
            Hosting.Info(channel, line);
        foreach (var finding in model.Diagnosis.Findings.Where(finding => finding.IsWarning))
            Hosting.Warning(channel, finding.Message);
    }

    /// <summary>
    /// "Epoch 3 of 200: loss 31.2 (reconstruction 24.1, KL 7.1), 26.2 at KL weight 0.3, validation 30.9; 4 s, at most 4 min 22 s left". The
    /// loss is that at full weight, which does not rise while the weight does.
    /// </summary>
    private static string Describe(TrainingProgress progress)
    {
        var metrics = progress.Metrics;
        string terms = Invariant($"reconstruction {metrics.Reconstruction:0.0000}, KL {metrics.KullbackLeibler:0.0000}");
        string warmUp = metrics.RegularizerFactor < 1
            ? Invariant($", {metrics.Loss:0.0000} at KL weight {metrics.RegularizerFactor:0.00}")
            : "";
        string validation = double.IsNaN(metrics.ValidationLoss) ? "" : Invariant($", validation {metrics.ValidationLoss:0.0000}");
        string loss = Invariant($"Epoch {metrics.Epoch} of {metrics.Epochs}: loss {metrics.LossAtFullWeight:0.0000} ({terms})");
        return $"{loss}{warmUp}{validation}; {Describe(progress.Elapsed)}, at most {Describe(progress.Remaining)} left";
    }

    /// <summary>"4 s", "12 min 3 s", "2 h 40 min".</summary>
    private static string Describe(TimeSpan time)
    {
        time = TimeSpan.FromSeconds(Math.Round(time.TotalSeconds));
        if (time < TimeSpan.FromMinutes(1)) return Invariant($"{time.Seconds} s");
        return time < TimeSpan.FromHours(1)
            ? Invariant($"{time.Minutes} min {time.Seconds} s")
            : Invariant($"{(int)time.TotalHours} h {time.Minutes} min");
    }

    /// <summary>"12 numeric, 3 one-hot groups".</summary>
    private static string Describe(IReadOnlyList<FeatureGroup> groups)
    {
        int numeric = groups.Sum(group => group.Kind == FeatureKind.Numeric ? group.Length : 0);
        int binary = groups.Sum(group => group.Kind == FeatureKind.Binary ? group.Length : 0);
        int oneHot = groups.Count(group => group.Kind == FeatureKind.OneHot);
        (int Count, string Words)[] parts =
            [(numeric, "numeric"), (binary, "binary"), (oneHot, oneHot == 1 ? "one-hot group" : "one-hot groups")];
        return string.Join(", ", parts.Where(part => part.Count > 0).Select(part => Invariant($"{part.Count} {part.Words}")));
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
