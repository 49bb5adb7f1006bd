using Vae.Data;
using Vae.Diagnostics;
using Vae.History;
using Vae.Inference;
using Vae.Networks;
using Vae.Numerics.RandomNumbers;
using Vae.Options;
using Vae.Persistence;
using Vae.Synthesis;
using Vae.Training.Checkpoints;
using Vae.Training.Rows;

namespace Vae.Training;

/// <summary>What every trainer begins with: checked options, the table, and the weights to start from.</summary>
/// <param name="Options">Validated options.</param>
/// <param name="Context">What surrounds the training.</param>
/// <param name="Table">The rows.</param>
/// <param name="Parameters">The weights to start from.</param>
/// <param name="Fingerprinted">The rows as they came, if there will be checkpoints.</param>
/// <param name="CheckpointFile">Where the checkpoints go, if there will be any.</param>
internal sealed record TrainingSession(
    VaeOptions Options,
    TrainingContext Context,
    TrainingTable Table,
    VaeParameters Parameters,
    FingerprintedRows? Fingerprinted,
    CheckpointFile? CheckpointFile)
    : IDisposable
{
    private const int RowsForDiagnosis = 20_000;
    private const int RowsForMixture = 10_000;

    /// <summary>Fewer held-out rows than this say little alone.</summary>
    private const int FewestHeldOut = 30;

    /// <summary>Checks, reads and initializes.</summary>
    public static TrainingSession Begin(IFeatureRows rows, VaeOptions options, TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(options);
        options.ValidateForTraining();
        context.Validate();
        var earlier = context.InitialModel is { } initial ? new EarlierModel(initial, rows.Layout) : null;
        var parameters = StartingPoint(new NetworkShape(rows.Layout, options), options, earlier);
        var file = context.Checkpoints is { } settings ? new CheckpointFile(settings, context.Warnings) : null;
        try
        {
            var fingerprinted = file is null ? null : new FingerprintedRows(rows);
            var table = TrainingTable.Read(fingerprinted ?? rows, options, context.TableResources, earlier, context.UsedAnchorWeight > 0);
            if (earlier is null) StartAtComponents(parameters, table, context.CancellationToken);
            return new TrainingSession(table.Options, context, table, parameters, fingerprinted, file);
        }
        catch
        {
            file?.Dispose();
            throw;
        }
    }

    /// <summary>A model with some weights, whose latent dimensions it puts in order, and its diagnosis, which the token ends.</summary>
    public VaeModel BuildModel(VaeParameters parameters, TrainingHistory history, CancellationToken cancellation)
    {
        var axes = Arrange(parameters, cancellation);
        var evaluator = RowEvaluator.Of(Table.Layout, Options, Table.Standardization, parameters);
        var (mixture, noise) = Options.MixtureComponents == 0 ? default : FitSynthesis(parameters, cancellation);
        var (diagnosis, profile) = Diagnose(evaluator, history, cancellation);
        return new VaeModel(new ModelParts(Table.Layout, Options, Table.Standardization, parameters, history, diagnosis)
        {
            Mixture = mixture,
            DependentNoise = noise,
            Axes = axes,
            Profile = profile,
        });
    }

    /// <summary>Says what was done otherwise than the options ask for.</summary>
    public void ReportWarnings()
    {
        if (!Table.HoldsOutFewerRows) return;
        int rows = Table.TrainingRows + Table.ValidationRows;
        Context.Warnings?.Report(FormattableString.Invariant(
            $"{nameof(VaeOptions.ValidationFraction)} {Options.ValidationFraction} of {rows} rows would leave fewer than 2 to train on: ")
            + $"{Table.ValidationRows} are held out.");
    }

    public void Dispose()
    {
        Table.Dispose();
        CheckpointFile?.Dispose();
    }

    /// <summary>What new rows are drawn from.</summary>
    private (LatentMixture? Mixture, DependentNoise? Noise) FitSynthesis(VaeParameters parameters, CancellationToken cancellation)
    {
        var fit = new SynthesisFit(
            new RowEncoder(Table.Layout, Table.Standardization, parameters),
            new RowDecoder(Table.Layout, Options, Table.Standardization, parameters),
            new PhiloxRandom((ulong)Options.Seed, RandomStreams.Latents));
        Table.Sample(heldOut: false, RowsForMixture, fit.Add, cancellation);
        return (fit.Mixture(Options.MixtureComponents, cancellation), fit.Noise());
    }

    /// <summary>
    /// Sorts the dimensions by their share of what is decoded, and fixes their signs. A model that goes on from another one keeps its
    /// dimensions, so that whoever knew them knows them still.
    /// </summary>
    private LatentAxis[] Arrange(VaeParameters parameters, CancellationToken cancellation)
    {
        var rows = new List<float>();
        var weights = new List<double>();
        Table.Sample(
            false, LatentEffects.RowsFor(Table.Layout, Options),
            (row, weight) =>
            {
                rows.AddRange(row);
                weights.Add(weight);
            },
            cancellation);
        var evaluator = RowEvaluator.Of(Table.Layout, Options, Table.Standardization, parameters);
        var measured = new LatentEffects(evaluator, [.. rows], [.. weights]);
        var effects = new LatentEffect[Options.LatentDimension];
        for (int d = 0; d < effects.Length; d++)
        {
            cancellation.ThrowIfCancellationRequested();
            effects[d] = measured.Measure(d);
        }

        return LatentEffect.Arrange(
            parameters, Context.InitialModel is null
                ? [.. effects.OrderByDescending(effect => effect.Decoded)]
                : Array.ConvertAll(effects, effect => effect with { IsReversed = false }));
    }

    private (VaeDiagnosis Diagnosis, RowProfile Profile) Diagnose(
        RowEvaluator evaluator, TrainingHistory history, CancellationToken cancellation)
    {
        bool enough = Table.ValidationRows >= FewestHeldOut;
        var twoValued = new TwoValuedSlots(Table.Layout);
        var heavyTails = new HeavyTails(Table.Layout);
        int rows = Math.Min(Table.TrainingRows, RowsForDiagnosis) + Math.Min(Table.ValidationRows, RowsForDiagnosis);
        var profile = new RowProfileBuilder(Table.Layout, Options.LatentDimension, rows);
        var training = new DiagnosisBuilder(evaluator, profile);
        var heldOut = enough ? new DiagnosisBuilder(evaluator, profile) : training;
        Sample(false, training);
        Sample(true, heldOut);
        var trained = training.Build();
        var diagnosis = enough ? heldOut.Build() : trained;
        var evidence = new FindingEvidence
        {
            Diagnosis = diagnosis,
            Trained = trained,
            TwoValued = twoValued.Found,
            HeavyTailed = heavyTails.Found,
            Width = Table.Layout.SlotCount,
            Options = Options,
            History = history,
        };
        return (diagnosis with { Findings = FindingRules.Apply(evidence) }, profile.Build());

        void Sample(bool heldOut, DiagnosisBuilder builder) => Table.Sample(
            heldOut, RowsForDiagnosis,
            (row, _) =>
            {
                twoValued.Add(row);
                heavyTails.Add(row);
                builder.Add(row, heldOut);
            },
            cancellation);
    }

    private static VaeParameters StartingPoint(NetworkShape shape, VaeOptions options, EarlierModel? earlier)
    {
        var parameters = new VaeParameters(shape);
        WeightInitialization.Initialize(parameters, (ulong)options.Seed);
        if (earlier is null) return parameters;
        if (!earlier.KnowsAnySlot)
        {
            throw DoesNotFit(
                nameof(TrainingContext.InitialModel),
                "The initial model was trained on rows of another layout: none of its slots has column, kind and name of one of these.");
        }

        if (!earlier.HasLayersOf(shape, options))
        {
            throw DoesNotFit(
                nameof(TrainingContext.InitialModel),
                $"The initial model has another architecture than the options ask for: {nameof(VaeOptions.LatentDimension)}, "
                + $"{nameof(VaeOptions.HiddenLayers)}, {nameof(VaeOptions.BatchNormalization)} and {nameof(VaeOptions.NoiseScale)} "
                + "must be the same.");
        }

        earlier.CopyTo(parameters);
        return parameters;
    }

    private static void StartAtComponents(VaeParameters parameters, TrainingTable table, CancellationToken cancellation)
    {
        int most = PrincipalStart.LargestCount(parameters.Shape, table.Options);
        if (most == 0) return;
        var axes = PrincipalAxesEstimate.Of(table, most, cancellation);
        if (axes.Count > 0) PrincipalStart.Apply(parameters, table.Layout, table.Options, axes);
    }

    private static ArgumentException DoesNotFit(string setting, string message) => new(message, setting);
}
