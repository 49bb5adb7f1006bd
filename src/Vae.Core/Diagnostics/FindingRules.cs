using System.Globalization;
using Vae.History;
using Vae.Options;

namespace Vae.Diagnostics;

/// <summary>What a person should be told about a trained VAE.</summary>
internal sealed class FindingRules
{
    /// <summary>Below this many nats per row, the KL says that the posterior ignores the row.</summary>
    private const double NoInformation = 0.05;

    /// <summary>Above this many nats per dimension, the prior no longer shapes the latent space.</summary>
    private const double Unregularized = 12;

    /// <summary>Beyond this many nats per feature between the reconstruction of held-out and training rows, the model overfits.</summary>
    private const double GapPerFeature = 0.15;

    /// <summary>A held-out loss that fell by more nats per feature in the second half of a training has further to fall.</summary>
    private const double FallPerFeature = 0.03;

    private readonly VaeDiagnosis _diagnosis;
    private readonly VaeOptions _options;
    private readonly List<Finding> _findings = [];
    private readonly int _dimensions;
    private readonly int _idle;
    private readonly bool _isCollapsed;
    private readonly bool _isUnregularized;

    private FindingRules(VaeDiagnosis diagnosis, VaeOptions options)
    {
        _diagnosis = diagnosis;
        _options = options;
        _dimensions = diagnosis.KullbackLeiblerPerDimension.Count;
        _idle = _dimensions - diagnosis.ActiveUnits;
        _isCollapsed = diagnosis.ActiveUnits == 0 || diagnosis.KullbackLeibler < NoInformation;
        bool off = options.Regularizer is KullbackLeiblerOptions { Beta: 0 };
        _isUnregularized = off || diagnosis.KullbackLeibler > Unregularized * _dimensions;
    }

    /// <summary>All findings, the most important first.</summary>
    /// <param name="diagnosis">What was measured.</param>
    /// <param name="trained">The same on training rows.</param>
    /// <param name="twoValued">The numeric slots that hold two values.</param>
    /// <param name="options">The options of the training.</param>
    /// <param name="history">Its course.</param>
    public static IReadOnlyList<Finding> Apply(
        VaeDiagnosis diagnosis, VaeDiagnosis trained, IReadOnlyList<TwoValuedSlot> twoValued, VaeOptions options, TrainingHistory history)
    {
        var rules = new FindingRules(diagnosis, options);
        rules.Latents();
        rules.Balance();
        rules.TwoValuedNumbers(
            [.. twoValued.Where(slot => slot.IsZeroAndOne)], "0 and 1",
            "normalize before Concatenate, or use FeatureKinds, so that they become binary or one-hot");
        rules.TwoValuedNumbers(
            [.. twoValued.Where(slot => !slot.IsZeroAndOne)], "two values each",
            "if they were one-hot, normalize before Concatenate, or not at all, since numbers are standardized inside");
        rules.Features();
        rules.Overfitting(trained);
        rules.StillImproving(history);
        return rules._findings;
    }

    private void Latents()
    {
        if (_isCollapsed)
        {
            Warn(
                FindingKind.PosteriorCollapse,
                $"The posterior has collapsed: none of the {_dimensions} dimensions tells rows apart, so the embedding is of no use. "
                + CollapseRemedy());
        }
        else if (_idle > 0)
        {
            bool most = _idle > _diagnosis.ActiveUnits;
            string message = $"{_idle} of {_dimensions} dimensions {(_idle == 1 ? "carries" : "carry")} no information";
            string enough = $"{_diagnosis.ActiveUnits} {(_diagnosis.ActiveUnits == 1 ? "is" : "are")} enough for these rows";
            if (most)
                Warn(FindingKind.ActiveUnits, $"{message}: lower {(_isUnregularized ? "" : "the KL weight or ")}the latent dimension.");
            else
                Note(FindingKind.ActiveUnits, $"{message}: {enough} at this KL weight.");
        }
        else
        {
            Note(FindingKind.ActiveUnits, $"All {_dimensions} dimensions carry information.");
        }

        if (_isCollapsed || !_isUnregularized) return;
        Warn(
            FindingKind.VanishingKullbackLeibler,
            $"The KL term hardly holds the posterior to the prior ({Number(_diagnosis.KullbackLeibler / _dimensions)} nats per dimension)"
            + ": the model is close to a plain autoencoder, and its latent space has gaps. "
            + "Raise the KL weight, or let the noise scale be learned.");
    }

    private string CollapseRemedy()
    {
        if (_isUnregularized) return "It is not the KL weight: see whether the rows differ at all, or train longer.";
        string lower = _options.NoiseScale is FixedNoiseScale ? "Let the noise scale be learned, lower the KL weight" : "Lower the KL weight";
        return lower + ", add free bits, or lengthen the warm-up.";
    }

    private void Balance()
    {
        string noise = double.IsNaN(_diagnosis.NoiseScale)
            ? ""
            : $"; the noise scale is {Number(_diagnosis.NoiseScale)} standard deviations";
        string dominant = Math.Abs(_diagnosis.Reconstruction) >= _diagnosis.KullbackLeibler ? "reconstruction" : "KL";
        Note(
            FindingKind.Balance,
            $"Reconstruction is {Number(_diagnosis.Reconstruction)} and KL {Number(_diagnosis.KullbackLeibler)} nats per row, "
            + $"so {dominant} is the larger term{noise}.");
    }

    private void TwoValuedNumbers(TwoValuedSlot[] slots, string values, string remedy)
    {
        if (slots.Length == 0) return;
        string names = Names(slots.Select(slot => slot.Name));
        string hold = slots.Length == 1 ? "holds" : "hold";
        Warn(FindingKind.TwoValuedNumbers, $"{names} {hold} only {values} but {Are(slots.Length)} numeric: {remedy}.");
    }

    private void Features()
    {
        var features = _diagnosis.Features;
        string[] poor = [.. features.Where(feature => feature.IsPoor).Select(feature => feature.Name)];
        if (poor.Length > 0)
        {
            Note(
                FindingKind.PoorFeatures,
                $"{poor.Length} of {features.Count} features {Are(poor.Length)} not reconstructed better than by their mean or most "
                + $"frequent value ({Names(poor)}): they hardly shape the embedding.{PoorRemedy()}");
        }

        string[] empty = [.. features.Where(feature => feature.IsEmpty).Select(feature => feature.Name)];
        string[] constant = [.. features.Where(feature => feature.IsConstant).Select(feature => feature.Name)];
        if (empty.Length + constant.Length == 0) return;
        string[] parts =
        [
            .. constant.Length > 0 ? [$"one value only in {Names(constant)}"] : Array.Empty<string>(),
            .. empty.Length > 0 ? [$"none at all in {Names(empty)}"] : Array.Empty<string>(),
        ];
        Note(
            FindingKind.ConstantFeatures,
            $"The {_diagnosis.Rows} rows hold {string.Join(", and ", parts)}: such features tell no rows apart and can be left out.");
    }

    /// <summary>Never the opposite of what <see cref="Latents"/> advises.</summary>
    private string PoorRemedy()
    {
        if (_isCollapsed) return "";
        if (_idle == 0) return " If they matter, raise the latent dimension.";
        return _isUnregularized ? "" : " If they matter, lower the KL weight.";
    }

    /// <summary>
    /// Both are of clean rows, without dropout: the losses of an epoch are not, for noise and gaps make that of the training rows larger.
    /// </summary>
    private void Overfitting(VaeDiagnosis trained)
    {
        if (!_diagnosis.HeldOut) return;
        double gap = _diagnosis.Reconstruction - trained.Reconstruction;
        if (gap <= GapPerFeature * _diagnosis.Features.Count) return;
        Warn(
            FindingKind.Overfitting,
            $"The reconstruction of held-out rows costs {Number(gap)} nats per row more than that of training rows: the model overfits. "
            + "Take fewer or narrower hidden layers, more weight decay, dropout, or more rows.");
    }

    /// <summary>
    /// A falling learning rate makes the last epochs the best ones and the last steps small, so that only the second half of the training
    /// can tell.
    /// </summary>
    private void StillImproving(TrainingHistory history)
    {
        int epochs = history.Epochs.Count;
        if (history.StoppedEarly || history.ValidationRows == 0 || epochs < _options.Epochs || epochs < 2) return;
        if (history.BestEpoch <= epochs - Math.Max(1, epochs / 10)) return;
        double half = history.Epochs.Take(epochs / 2).Min(epoch => epoch.ValidationLoss);
        double fall = half - history.Epochs[history.BestEpoch - 1].ValidationLoss;
        if (fall <= FallPerFeature * _diagnosis.Features.Count) return;
        Warn(
            FindingKind.StillImproving,
            $"The held-out loss was still falling after {epochs} epochs, by {Number(fall)} nats per row in the second half: "
            + "allow more of them.");
    }

    private static string Names(IEnumerable<string> names)
    {
        const int named = 5;
        string[] all = [.. names];
        return string.Join(", ", all.Take(named)) + (all.Length > named ? ", …" : "");
    }

    private static string Are(int count) => count == 1 ? "is" : "are";

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private void Warn(FindingKind kind, string message) => _findings.Add(new Finding(kind, message, true));

    private void Note(FindingKind kind, string message) => _findings.Add(new Finding(kind, message, false));
}
