using Vae.Data;
using Vae.Options;
using Vae.Training;

namespace Vae.Selection;

/// <summary>
/// Chooses k, β, the noise scale, the widths, or whatever else options differ in: each candidate is trained without a part of the rows,
/// fold by fold, and judged by log p(x) of that part, or by a metric of the user's own.
/// </summary>
public static class VaeSelection
{
    /// <summary>Compares candidates.</summary>
    /// <param name="trainer">
    /// What trains. <see cref="Training.Managed.ManagedTrainer"/> trains several candidates at the same time, and the result does not
    /// depend on the number of threads.
    /// </param>
    /// <param name="rows">
    /// The rows, in original units; read once if they fit into <see cref="TrainingContext.MemoryBudget"/>, otherwise several times, always
    /// in the same order and at the same time.
    /// </param>
    /// <param name="candidates">The candidates, at least one; <see cref="Grid"/> makes them.</param>
    /// <param name="options">How to compare; null for the defaults.</param>
    /// <param name="context">
    /// Cancellation and resources; null for none and the usual ones. <see cref="TrainingContext.ThreadCount"/> is shared by all trainings.
    /// What belongs to a single training (progress, snapshots, warnings, checkpoints, an initial model) is not used, and a comparison
    /// that is cancelled throws.
    /// </param>
    /// <returns>The scores, and the smallest candidate that is within one standard error of the best.</returns>
    /// <exception cref="ArgumentException">
    /// An option, a candidate or a row is not valid, or there are too few rows; the message says which.
    /// </exception>
    /// <exception cref="InvalidOperationException">No candidate could be trained. One that can is enough.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static SelectionResult Run(
        IVaeTrainer trainer,
        IFeatureRows rows,
        IReadOnlyList<VaeOptions> candidates,
        SelectionOptions? options = null,
        TrainingContext? context = null)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(candidates);
        options ??= new SelectionOptions();
        context ??= new TrainingContext();
        options.Validate();
        context.Validate();
        if (candidates.Count == 0) throw new ArgumentException("There are no candidates.", nameof(candidates));
        CheckEach(candidates);
        return new SelectionRun(trainer, rows, candidates, options, context).Run();
    }

    /// <summary>Every combination of some values; what is null stays as it is in <paramref name="template"/>.</summary>
    /// <param name="template">What is the same for all candidates.</param>
    /// <param name="latentDimensions">Values of <see cref="VaeOptions.LatentDimension"/>.</param>
    /// <param name="betas">
    /// Values of β, of <see cref="KullbackLeiblerOptions"/> or <see cref="TotalCorrelationOptions"/>, whichever the template has.
    /// </param>
    /// <param name="noiseScales">Values of <see cref="VaeOptions.NoiseScale"/>.</param>
    /// <param name="hiddenLayers">Values of <see cref="VaeOptions.HiddenLayers"/>.</param>
    /// <exception cref="ArgumentException">The template's regularizer has no β.</exception>
    public static IReadOnlyList<VaeOptions> Grid(
        VaeOptions template,
        IEnumerable<int>? latentDimensions = null,
        IEnumerable<double>? betas = null,
        IEnumerable<NoiseScaleOptions>? noiseScales = null,
        IEnumerable<IReadOnlyList<int>>? hiddenLayers = null)
    {
        ArgumentNullException.ThrowIfNull(template);
        var regularizers = betas?.Select(beta => WithBeta(template.Regularizer, beta));
        return
        [
            .. from widths in hiddenLayers ?? [template.HiddenLayers]
               from noiseScale in noiseScales ?? [template.NoiseScale]
               from regularizer in regularizers ?? [template.Regularizer]
               from dimension in latentDimensions ?? [template.LatentDimension]
               select template with
               {
                   LatentDimension = dimension,
                   Regularizer = regularizer,
                   NoiseScale = noiseScale,
                   HiddenLayers = widths,
               },
        ];
    }

    private static RegularizerOptions WithBeta(RegularizerOptions regularizer, double beta) => regularizer switch
    {
        KullbackLeiblerOptions options => options with { Beta = beta },
        TotalCorrelationOptions options => options with { Beta = beta },
        _ => throw new ArgumentException($"{regularizer.GetType().Name} has no β: leave out betas, or take another regularizer."),
    };

    private static void CheckEach(IReadOnlyList<VaeOptions> candidates)
    {
        for (int i = 0; i < candidates.Count; i++)
        {
            if (candidates[i] is null) throw new ArgumentException($"Candidate {i + 1} is null.", nameof(candidates));
            try
            {
                candidates[i].ValidateForTraining();
            }
            catch (ArgumentException exception)
            {
                throw new ArgumentException($"Candidate {i + 1}: {exception.Message}", nameof(candidates), exception);
            }
        }
    }
}
