using Vae.Data;
using Vae.Options;
using Vae.Training;

namespace Vae.Imputation;

/// <summary>
/// Fills gaps in rows by what trained VAEs say of missing values given the observed ones, p(x_mis|x_obs): by its mean or median, by the
/// most probable category, or by draws. Importance sampling (Rezende et al. 2014; Mattei &amp; Frellsen 2019) corrects what an encoder
/// makes of a row with gaps; numbers have noise whose correlations were measured on the training rows. Immutable and thread-safe.
/// </summary>
public sealed class VaeImputer
{
    private const int BlockRows = 16;

    private readonly ImputerPart[] _parts;

    internal VaeImputer(ImputerPart[] parts, ImputationOptions options, MeanShrinkage? shrinkage = null)
    {
        Shrinkage = shrinkage;
        _parts = parts;
        Options = options;
        Models = Array.ConvertAll(parts, part => part.Model);
    }

    /// <summary>An imputer of one model, with the noise that it was trained with: independent for each number.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">How to fill; null for the defaults. Their options of models and training are not used.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range; the message names it.</exception>
    public VaeImputer(VaeModel model, ImputationOptions? options = null)
        : this([new ImputerPart(NotNull(model))], Validated(options))
    {
    }

    /// <summary>What the slots of a row mean.</summary>
    public FeatureLayout Layout => Models[0].Layout;

    /// <summary>The models, whose distributions are averaged.</summary>
    public IReadOnlyList<VaeModel> Models { get; }

    /// <summary>How gaps are filled.</summary>
    public ImputationOptions Options { get; }

    internal IReadOnlyList<ImputerPart> Parts => _parts;

    internal MeanShrinkage? Shrinkage { get; }

    /// <summary>Fills a row.</summary>
    private delegate void RowAction(RowImputer imputer, ReadOnlySpan<float> row, int number, Span<float> filled, Span<float> probabilities);

    /// <summary>Trains an imputer. Rows with gaps are what it is for.</summary>
    /// <param name="trainer">What trains the models.</param>
    /// <param name="rows">The rows, in original units; read several times, always in the same order.</param>
    /// <param name="options">What to train and how to fill; null for the defaults.</param>
    /// <param name="context">
    /// Progress, cancellation and resources; null for none of them and the usual resources. Each further model has a checkpoint file of its
    /// own, with its number behind the name.
    /// </param>
    /// <exception cref="ArgumentException">An option or a row is not valid.</exception>
    /// <inheritdoc cref="IVaeTrainer.Train" path="/exception"/>
    public static VaeImputer Train(
        IVaeTrainer trainer, IFeatureRows rows, ImputationOptions? options = null, TrainingContext? context = null)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        ArgumentNullException.ThrowIfNull(rows);
        options = Validated(options);
        var chosen = options.Model.BeginningAt(InitialWeightsKind.Random);
        chosen.ValidateForTraining();
        context ??= new TrainingContext();
        context.Validate();
        var models = new VaeModel[options.ModelCount];
        for (int i = 0; i < models.Length; i++)
        {
            var own = i == 0 || context.Checkpoints is not { } checkpoints
                ? context
                : context with { Checkpoints = checkpoints with { Path = FormattableString.Invariant($"{checkpoints.Path}.{i + 1}") } };
            models[i] = trainer.Train(rows, chosen with { Seed = unchecked(chosen.Seed + i) }, own);
        }

        bool isCancelled = Array.Exists(models, model => model.History.Cancelled);
        return Of(models, rows, options, isCancelled ? CancellationToken.None : context.CancellationToken);
    }

    /// <summary>Fills the gaps of rows with points; observed values stay what they are, to the bit.</summary>
    /// <param name="rows">n rows of <see cref="FeatureLayout.RowWidth"/> values in original units, NaN where missing.</param>
    /// <param name="filled">
    /// Receives the rows. A missing category becomes a one in the slot of the most probable; conditions stay what they are.
    /// </param>
    /// <param name="probabilities">
    /// Receives n × <see cref="FeatureLayout.SlotCount"/> values: those of the filled rows, but for missing yes/no values and categories
    /// their probabilities; or is empty.
    /// </param>
    /// <exception cref="ArgumentException">
    /// A span has the wrong length, or a row is not valid (the message names the slot and the row).
    /// </exception>
    public void Impute(ReadOnlySpan<float> rows, Span<float> filled, Span<float> probabilities = default)
    {
        int count = Check(rows, filled);
        if (!probabilities.IsEmpty && probabilities.Length != count * Layout.SlotCount)
            throw new ArgumentException($"These rows have {count * Layout.SlotCount} probabilities.", nameof(probabilities));
        ForEachRow(rows, filled, probabilities, (imputer, row, number, target, shares) => imputer.Fill(row, number, target, shares));
    }

    /// <summary>
    /// Fills the gaps of rows with draws from p(x_mis|x_obs), for multiple imputation (Rubin 1987): analyse the table filled with draws
    /// 0, 1, …, and combine the results, whose differences tell what the gaps leave open.
    /// </summary>
    /// <param name="rows">n rows of <see cref="FeatureLayout.RowWidth"/> values in original units, NaN where missing.</param>
    /// <param name="draw">The number of the draw, from 0 on. The same number gives the same values for the same table.</param>
    /// <param name="filled">Receives the rows.</param>
    /// <exception cref="ArgumentException">
    /// A span has the wrong length, or a row is not valid (the message names the slot and the row).
    /// </exception>
    public void Draw(ReadOnlySpan<float> rows, int draw, Span<float> filled)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(draw);
        Check(rows, filled);
        ForEachRow(rows, filled, default, (imputer, row, number, target, _) => imputer.Draw(row, number, draw, target));
    }

    /// <summary>What fills row after row on one thread.</summary>
    internal RowImputer CreateRowImputer() => new(_parts, Options, Shrinkage);

    /// <summary>
    /// An imputer of trained models, with noise and shrinkage measured on their rows. Errors of categories tell of those of numbers where
    /// held-out rows prove that they do.
    /// </summary>
    private static VaeImputer Of(VaeModel[] models, IFeatureRows rows, ImputationOptions options, CancellationToken cancellationToken)
    {
        var estimates = Array.ConvertAll(models, model => NoiseEstimate.Of(model, rows, cancellationToken));
        var parts = Array.ConvertAll(estimates, estimate => estimate.Numbers);
        var cells = new HeldOutCells(parts, rows, cancellationToken);
        if (estimates[0].WithCategories is not null)
        {
            var withCategories = Array.ConvertAll(estimates, estimate => estimate.WithCategories!);
            var others = new HeldOutCells(withCategories, rows, cancellationToken);
            if (others.AreBetterThan(cells)) (parts, cells) = (withCategories, others);
        }

        return new VaeImputer(parts, options, MeanShrinkage.Of(cells, parts.Length));
    }

    /// <summary>Does something with each row, blocks of rows on several threads.</summary>
    private unsafe void ForEachRow(ReadOnlySpan<float> rows, Span<float> filled, Span<float> probabilities, RowAction action)
    {
        int width = Layout.RowWidth;
        int slots = probabilities.IsEmpty ? 0 : Layout.SlotCount;
        int count = rows.Length / width;
        CheckRows(rows);
        fixed (float* source = rows, target = filled, shares = probabilities)
        {
            var (from, to, beside) = ((nint)source, (nint)target, (nint)shares);
            Parallel.For(
                0, (count + BlockRows - 1) / BlockRows, CreateRowImputer,
                (block, _, imputer) =>
                {
                    for (int row = block * BlockRows; row < Math.Min(count, (block + 1) * BlockRows); row++)
                    {
                        action(
                            imputer, new ReadOnlySpan<float>((float*)from + (long)row * width, width), row,
                            new Span<float>((float*)to + (long)row * width, width),
                            new Span<float>((float*)beside + (long)row * slots, slots));
                    }

                    return imputer;
                },
                _ => { });
        }
    }

    /// <summary>Finds the first row that is not valid, whichever thread would have come to it.</summary>
    private void CheckRows(ReadOnlySpan<float> rows)
    {
        int width = Layout.RowWidth;
        var preparation = new RowPreparation(Layout);
        float[] clean = new float[width];
        for (int row = 0; row < rows.Length / width; row++)
        {
            rows.Slice(row * width, width).CopyTo(clean);
            preparation.Clean(clean, row);
        }
    }

    private int Check(ReadOnlySpan<float> rows, Span<float> filled)
    {
        if (rows.Length % Layout.RowWidth != 0)
            throw new ArgumentException($"{rows.Length} values are not a whole number of rows of {Layout.RowWidth} slots.", nameof(rows));
        if (filled.Length != rows.Length)
            throw new ArgumentException($"The span has {filled.Length} values; these rows need {rows.Length}.", nameof(filled));
        return rows.Length / Layout.RowWidth;
    }

    private static ImputationOptions Validated(ImputationOptions? options)
    {
        options ??= new ImputationOptions();
        options.Validate();
        return options;
    }

    private static VaeModel NotNull(VaeModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model;
    }
}
