using Vae.Data;
using Vae.History;
using Vae.Options;
using Vae.Training;
using Vae.Training.Checkpoints;

namespace Vae.MLNet;

/// <content>The options.</content>
public sealed partial class VaeEmbeddingEstimator
{
    /// <summary>
    /// Everything that can be chosen about a <see cref="VaeEmbeddingEstimator"/>. The defaults are those of <see cref="VaeOptions"/>; what
    /// is often chosen can be set here directly, and everything else through <see cref="Model"/>.
    /// </summary>
    public sealed class Options
    {
        /// <summary>The embedding's column; the names of the other columns begin with it.</summary>
        public string OutputColumnName { get; set; } = "Embedding";

        /// <summary>
        /// The columns to embed: vectors of Single of known size, Single, Boolean, or keys; integers of at most 16 bits may stand for
        /// Single. If empty, the column <see cref="OutputColumnName"/>, which is then replaced.
        /// </summary>
        public IReadOnlyList<string> InputColumnNames { get; set; } = [];

        /// <summary>
        /// The columns that the VAE is conditioned on, of the same types as the input columns: known to encoder and decoder, and never
        /// reconstructed, so that the embedding holds what they do not tell. The transformer reads them too.
        /// </summary>
        public IReadOnlyList<string> ConditionColumnNames { get; set; } = [];

        /// <summary>The column with the rows' weights (Single), or null if all rows weigh the same.</summary>
        public string? ExampleWeightColumnName { get; set; }

        /// <summary>The columns to append besides the embedding and its log-variance.</summary>
        public VaeOutputColumns AdditionalColumns { get; set; }

        /// <summary>
        /// What slots hold where type and annotations do not tell, by the name of a column, of a slot, or of all slots "name.…". A column
        /// or several slots that are <see cref="FeatureKind.OneHot"/> form one group.
        /// </summary>
        public IDictionary<string, FeatureKind> FeatureKinds { get; set; } = new Dictionary<string, FeatureKind>();

        /// <summary>What trains the model.</summary>
        public TrainerKind Trainer { get; set; }

        /// <summary>
        /// The seed of everything random, or null to draw one from the <c>MLContext</c>. It replaces <see cref="VaeOptions.Seed"/>.
        /// </summary>
        public int? Seed { get; set; }

        /// <inheritdoc cref="TrainingContext.ThreadCount"/>
        public int? ThreadCount { get; set; }

        /// <inheritdoc cref="TrainingContext.CancellationToken"/>
        public CancellationToken CancellationToken { get; set; }

        /// <summary>
        /// What a training gives that was ended so: an <see cref="OperationCanceledException"/>, or the best model so far.
        /// </summary>
        public CancellationBehavior CancellationBehavior { get; set; }

        /// <summary>
        /// Where and how often to write down where training stands, so that <c>Fit</c> on the same data goes on after its process has died;
        /// null is never. It takes an equal <see cref="Seed"/>, or an <c>MLContext</c> with one, to be the same training.
        /// </summary>
        public CheckpointSettings? Checkpoints { get; set; }

        /// <summary>
        /// The memory, in bytes, that the cached training rows may take; not negative. A larger table goes to a temporary file in
        /// <c>MLContext.TempFilePath</c> that is gone when training ends. The budget does not change the model; one below 128 MB makes
        /// training on a larger table slower.
        /// </summary>
        public long MemoryBudget { get; set; } = new TrainingContext().MemoryBudget;

        /// <summary>Told after every epoch, on the training thread; the log of the <c>MLContext</c> is told in any case.</summary>
        public IProgress<EpochMetrics>? Progress { get; set; }

        /// <summary>
        /// All options of the model and its training. The properties below are a part of it: each reads and replaces the value here.
        /// </summary>
        public VaeOptions Model { get; set; } = new();

        /// <inheritdoc cref="VaeOptions.LatentDimension"/>
        public int LatentDimension
        {
            get => Model.LatentDimension;
            set => Model = Model with { LatentDimension = value };
        }

        /// <inheritdoc cref="VaeOptions.HiddenLayers"/>
        public IReadOnlyList<int> HiddenLayers
        {
            get => Model.HiddenLayers;
            set => Model = Model with { HiddenLayers = value };
        }

        /// <inheritdoc cref="VaeOptions.NoiseScale"/>
        public NoiseScaleOptions NoiseScale
        {
            get => Model.NoiseScale;
            set => Model = Model with { NoiseScale = value };
        }

        /// <inheritdoc cref="VaeOptions.Regularizer"/>
        public RegularizerOptions Regularizer
        {
            get => Model.Regularizer;
            set => Model = Model with { Regularizer = value };
        }

        /// <inheritdoc cref="VaeOptions.Epochs"/>
        public int Epochs
        {
            get => Model.Epochs;
            set => Model = Model with { Epochs = value };
        }

        /// <inheritdoc cref="VaeOptions.BatchSize"/>
        public int BatchSize
        {
            get => Model.BatchSize;
            set => Model = Model with { BatchSize = value };
        }

        /// <inheritdoc cref="VaeOptions.LearningRate"/>
        public double LearningRate
        {
            get => Model.LearningRate;
            set => Model = Model with { LearningRate = value };
        }

        /// <inheritdoc cref="VaeOptions.ValidationFraction"/>
        public double ValidationFraction
        {
            get => Model.ValidationFraction;
            set => Model = Model with { ValidationFraction = value };
        }
    }
}
