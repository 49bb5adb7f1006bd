using Vae.Data;
using Vae.Diagnostics;
using Vae.Explanation;
using Vae.History;
using Vae.Inference;
using Vae.Networks;
using Vae.Options;
using Vae.Persistence;
using Vae.Synthesis;

namespace Vae;

/// <summary>
/// A trained VAE. Immutable and thread-safe; what a call needs for a moment comes from the shared array pool, so that rows go through the
/// model without allocation. A row is <see cref="FeatureLayout.RowWidth"/> values in original units with NaN for missing ones; several rows
/// lie one behind the other in one span. All that a trained model can do is called here and done elsewhere: that is why the type is long.
/// </summary>
public sealed partial class VaeModel
{
    private readonly ModelParts _parts;
    private readonly RowEncoder _encoder;
    private readonly RowDecoder _decoder;
    private readonly RowSampler _sampler;
    private readonly MarginalLikelihood _marginalLikelihood;

    internal VaeModel(ModelParts parts)
    {
        _parts = parts;
        _encoder = new RowEncoder(parts.Layout, parts.Standardization, parts.Parameters);
        _decoder = new RowDecoder(parts.Layout, parts.Options, parts.Standardization, parts.Parameters);
        _sampler = new RowSampler(_decoder);
        _marginalLikelihood = new MarginalLikelihood(_encoder, _decoder, parts.Standardization);
        Evaluator = new RowEvaluator(_encoder, _decoder);
        Describer = new RowDescriber(Evaluator, _decoder);
        Units = parts.Units;
    }

    /// <summary>What the slots of a row mean.</summary>
    public FeatureLayout Layout => _parts.Layout;

    /// <summary>The options that the model was trained with.</summary>
    public VaeOptions Options => _parts.Options;

    /// <summary>k, the number of dimensions of the embedding.</summary>
    public int LatentDimension => Options.LatentDimension;

    /// <summary>The course of the training.</summary>
    public TrainingHistory History => _parts.History;

    /// <summary>What the model has learned, measured on held-out rows after the training.</summary>
    public VaeDiagnosis Diagnosis => _parts.Diagnosis;

    /// <summary>The noise scale s of the numeric slots in standardized units (geometric mean); NaN without numeric slots.</summary>
    public double NoiseScale => Evaluator.NoiseScale;

    /// <summary>
    /// What each latent dimension is worth. They are sorted by <see cref="LatentAxis.Share"/>, unused ones last, and each has the sign by
    /// which the slot that it moves most goes up (of slots that move at least 0.8 as much, the first one). A model that was trained from
    /// another one keeps the dimensions of that. Empty in a model that was saved by a version which did not know them.
    /// </summary>
    public IReadOnlyList<LatentAxis> LatentAxes => _parts.Axes;

    internal Standardization Standardization => _parts.Standardization;

    internal ModelParts Parts => _parts;

    internal VaeParameters Parameters => _parts.Parameters;

    internal RowEvaluator Evaluator { get; }

    internal RowDescriber Describer { get; }

    /// <summary>The units of the embedding.</summary>
    internal EmbeddingUnits Units { get; }

    /// <summary>Encodes rows into the posterior q(z|x) = N(μ, diag σ²).</summary>
    /// <param name="rows">n rows.</param>
    /// <param name="means">Receives μ [n × k].</param>
    /// <param name="logVariances">Receives log σ² [n × k], within [−20, 10]; or is empty.</param>
    /// <exception cref="ArgumentException">
    /// A span has the wrong length, or a row is not valid (the message names the slot and the row).
    /// </exception>
    public void Encode(ReadOnlySpan<float> rows, Span<float> means, Span<float> logVariances = default)
    {
        int count = CountRows(rows);
        CheckLength(means.Length, count * LatentDimension, nameof(means));
        if (!logVariances.IsEmpty) CheckLength(logVariances.Length, count * LatentDimension, nameof(logVariances));
        _encoder.Encode(rows, count, means, logVariances);
    }

    /// <summary>
    /// Encodes rows into their embedding: what <see cref="Encode"/> gives, in the units that <see cref="VaeOptions.EmbeddingScale"/> asks
    /// for. <see cref="Decode"/> takes latent vectors in units of the prior, as <see cref="Encode"/> gives them.
    /// </summary>
    /// <param name="rows">n rows.</param>
    /// <param name="embeddings">Receives μ [n × k], times the dimensions' factors with <see cref="EmbeddingScale.Data"/>.</param>
    /// <param name="logVariances">Receives the log-variances of the same [n × k]; or is empty.</param>
    /// <exception cref="ArgumentException">
    /// A span has the wrong length, or a row is not valid (the message names the slot and the row).
    /// </exception>
    public void Embed(ReadOnlySpan<float> rows, Span<float> embeddings, Span<float> logVariances = default)
    {
        Encode(rows, embeddings, logVariances);
        Units.Apply(embeddings, logVariances);
    }

    /// <summary>Decodes latent vectors into expected rows.</summary>
    /// <param name="latents">z [n × k].</param>
    /// <param name="rows">
    /// Receives n × <see cref="FeatureLayout.SlotCount"/> values: original units for numeric slots, probabilities for binary and one-hot
    /// ones.
    /// </param>
    /// <param name="conditions">
    /// The conditions [n × <see cref="FeatureLayout.ConditionSlotCount"/>] in original units; empty for an ordinary VAE.
    /// </param>
    /// <exception cref="ArgumentException">A span has the wrong length.</exception>
    public void Decode(ReadOnlySpan<float> latents, Span<float> rows, ReadOnlySpan<float> conditions = default)
    {
        if (latents.Length % LatentDimension != 0)
        {
            throw new ArgumentException(
                $"{latents.Length} values are not a whole number of latent vectors of {LatentDimension} dimensions.", nameof(latents));
        }

        int count = latents.Length / LatentDimension;
        CheckLength(rows.Length, count * Layout.SlotCount, nameof(rows));
        CheckLength(conditions.Length, count * Layout.ConditionSlotCount, nameof(conditions));
        _decoder.Decode(latents, conditions, count, rows);
    }

    /// <summary>Encodes rows and decodes their posterior means: what the model expects the rows to be.</summary>
    /// <param name="rows">n rows.</param>
    /// <param name="reconstructions">Receives n × <see cref="FeatureLayout.SlotCount"/> values, as <see cref="Decode"/> gives them.</param>
    /// <exception cref="ArgumentException">A span has the wrong length, or a row is not valid.</exception>
    public void Reconstruct(ReadOnlySpan<float> rows, Span<float> reconstructions)
    {
        int count = CountRows(rows);
        CheckLength(reconstructions.Length, count * Layout.SlotCount, nameof(reconstructions));
        Evaluator.Evaluate(rows, count, new RowOutputs { Reconstructions = reconstructions });
    }

    /// <summary>
    /// How unusual rows are: reconstruction term + KL at z = μ, in nats in standardized units, missing values left out. Higher is more
    /// unusual. A value more than a million standard deviations from its mean counts as one that is so far, so that every score is finite.
    /// </summary>
    /// <param name="rows">n rows.</param>
    /// <param name="scores">Receives n scores.</param>
    /// <exception cref="ArgumentException">A span has the wrong length, or a row is not valid.</exception>
    public void Score(ReadOnlySpan<float> rows, Span<float> scores)
    {
        int count = CountRows(rows);
        CheckLength(scores.Length, count, nameof(scores));
        Evaluator.Evaluate(rows, count, new RowOutputs { Scores = scores });
    }

    /// <summary>How unusual each value of the rows is: its own reconstruction term at z = μ, in nats; 0 where a value is missing.</summary>
    /// <param name="rows">n rows.</param>
    /// <param name="cellScores">
    /// Receives n × <see cref="FeatureLayout.SlotCount"/> scores; with <see cref="OneHotLikelihoodKind.Categorical"/> a group's score
    /// stands in its first slot.
    /// </param>
    /// <exception cref="ArgumentException">A span has the wrong length, or a row is not valid.</exception>
    public void CellScores(ReadOnlySpan<float> rows, Span<float> cellScores)
    {
        int count = CountRows(rows);
        CheckLength(cellScores.Length, count * Layout.SlotCount, nameof(cellScores));
        Evaluator.Evaluate(rows, count, new RowOutputs { CellScores = cellScores });
    }

    /// <summary>
    /// Says why a row is as unusual as it is: for each feature what is there, what the others let expect, in which interval, and how much
    /// of the score it makes up. It costs an evaluation of the row for each feature, and several decodings for each number.
    /// </summary>
    /// <param name="row">One row.</param>
    /// <param name="reasons">The largest number of reasons to look for; each takes as long as the description.</param>
    /// <param name="level">The probability of the intervals, in (0, 1).</param>
    /// <exception cref="ArgumentException">
    /// The span has the wrong length, the row is not valid, or an argument is not in its range.
    /// </exception>
    public RowDescription Describe(
        ReadOnlySpan<float> row, int reasons = RowDescription.DefaultReasons, double level = RowDescription.DefaultLevel)
    {
        CheckLength(row.Length, Layout.RowWidth, nameof(row));
        return Describe(row.ToArray(), -1, reasons, level);
    }

    /// <summary>
    /// The marginal log-likelihood log p(x) of rows by importance sampling, in nats in original units, missing values left out: logmeanexp
    /// over <paramref name="samples"/> draws z ~ q(z|x) of log p(x|z) + log p(z) − log q(z|x) (Burda et al. 2016). It compares models whose
    /// losses cannot be compared, and is a lower bound in expectation that rises with the number of samples. A row with many samples is
    /// slow by nature.
    /// </summary>
    /// <param name="rows">n rows.</param>
    /// <param name="logLikelihoods">Receives n values.</param>
    /// <param name="samples">K, the number of draws for each row; at least 1.</param>
    /// <param name="random">What to draw with; a seeded one makes the values reproducible.</param>
    /// <exception cref="ArgumentException">A span has the wrong length, or a row is not valid.</exception>
    public void LogLikelihood(ReadOnlySpan<float> rows, Span<double> logLikelihoods, int samples, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        int count = CountRows(rows);
        CheckLength(logLikelihoods.Length, count, nameof(logLikelihoods));
        for (int row = 0; row < count; row++)
            logLikelihoods[row] = _marginalLikelihood.Estimate(rows.Slice(row * Layout.RowWidth, Layout.RowWidth), row, samples, random);
    }

    /// <summary>Draws new rows: z ~ N(0, I), then x ~ p(x|z), with one category for each one-hot group.</summary>
    /// <param name="rows">Receives n × <see cref="FeatureLayout.SlotCount"/> values in original units.</param>
    /// <param name="random">What to draw with; a seeded one makes the rows reproducible.</param>
    /// <param name="conditions">
    /// The conditions [n × <see cref="FeatureLayout.ConditionSlotCount"/>] in original units; empty for an ordinary VAE.
    /// </param>
    /// <exception cref="ArgumentException">A span has the wrong length.</exception>
    public void Sample(Span<float> rows, Random random, ReadOnlySpan<float> conditions = default)
    {
        ArgumentNullException.ThrowIfNull(random);
        if (rows.Length % Layout.SlotCount != 0)
            throw new ArgumentException($"{rows.Length} values are not a whole number of rows of {Layout.SlotCount} slots.", nameof(rows));
        int count = rows.Length / Layout.SlotCount;
        CheckLength(conditions.Length, count * Layout.ConditionSlotCount, nameof(conditions));
        _sampler.Sample(conditions, count, rows, random);
    }

    /// <summary>Describes a row that has a number.</summary>
    internal RowDescription Describe(float[] row, long number, int reasons, double level)
    {
        DescriptionRequest.CheckLevel(level);
        return Description.Of(row, Layout.Features, Describer.ForReasons(row, number, level), reasons, DescribeWith(number));
    }

    /// <summary>The reasons alone, which is quicker.</summary>
    internal List<FeatureDescription> Reasons(float[] row, long number, int count) => Description.Reasons(
        row, Describer.ForReasons(row, number, RowDescription.DefaultLevel), count, DescribeWith(number));

    private DescribeFeatures DescribeWith(long number) =>
        (row, request) => ([Describer.Describe(row, number, request)], new bool[row.Length]);

    /// <summary>
    /// New rows as a table has them: on the grid and in the range of the training rows, from N(0, I) or the mixture of the aggregate
    /// posterior, with matched marginals, and with given values in some columns. <see cref="Sample"/> draws from the plain model.
    /// </summary>
    /// <param name="options">How; null is the defaults.</param>
    /// <exception cref="ArgumentException">
    /// <see cref="SynthesisOptions.Where"/> names what the model does not have, or what no training row could be, or leaves out a column
    /// that the model is conditioned on; or there is no mixture to draw from.
    /// </exception>
    public RowSynthesizer Synthesize(SynthesisOptions? options = null) =>
        new(_encoder, _decoder, _parts.Standardization, _parts.Mixture, _parts.DependentNoise, options ?? new SynthesisOptions());

    /// <inheritdoc cref="MarginalLikelihood.LogVolume"/>
    internal double LogVolume(ReadOnlySpan<float> row) => _marginalLikelihood.LogVolume(row);

    private int CountRows(ReadOnlySpan<float> rows) => rows.Length % Layout.RowWidth == 0
        ? rows.Length / Layout.RowWidth
        : throw new ArgumentException($"{rows.Length} values are not a whole number of rows of {Layout.RowWidth} slots.", nameof(rows));

    private static void CheckLength(int length, int expected, string name)
    {
        if (length != expected) throw new ArgumentException($"The span has {length} values; these rows need {expected}.", name);
    }
}
