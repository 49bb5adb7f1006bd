using Vae.Data;
using Vae.Options;
using Vae.Training;
using Vae.Training.Checkpoints;

namespace Vae.MLNet;

/// <summary>
/// What can be chosen about a training that an estimator of this library starts, whatever its transformer appends. A member of
/// <see cref="VaeOptions"/> that is not null here replaces the value there.
/// </summary>
public abstract class VaeTrainingOptions
{
    private protected VaeTrainingOptions()
    {
    }

    /// <summary>
    /// The columns that the model is trained on: vectors of Single of known size, Single, Boolean, or keys; integers of at most 16 bits may
    /// stand for Single.
    /// </summary>
    public IReadOnlyList<string> InputColumnNames { get; set; } = [];

    /// <summary>
    /// The columns that the VAE is conditioned on, of the same types as the input columns: known to encoder and decoder, and never
    /// reconstructed. The transformer reads them too.
    /// </summary>
    public IReadOnlyList<string> ConditionColumnNames { get; set; } = [];

    /// <summary>The column with the rows' weights (Single), or null if all rows weigh the same.</summary>
    public string? ExampleWeightColumnName { get; set; }

    /// <summary>
    /// What slots hold where type and annotations do not tell, by the name of a column, of a slot, or of all slots "name.…". A column
    /// or several slots that are <see cref="FeatureKind.OneHot"/> form one group.
    /// </summary>
    public IDictionary<string, FeatureKind> FeatureKinds { get; set; } = new Dictionary<string, FeatureKind>();

    /// <summary>What trains the model.</summary>
    public TrainerKind Trainer { get; set; }

    /// <summary>
    /// The seed of everything random; null takes <see cref="VaeOptions.Seed"/> of the model's options if that was set, even to 0, and
    /// otherwise draws one from the <c>MLContext</c>: every estimator another one.
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
    /// null is never. It takes an equal <see cref="Seed"/> to be the same training: a seeded <c>MLContext</c> draws another one for
    /// each of its estimators. A checkpoint that cannot be written is a warning in the log of the <c>MLContext</c>.
    /// </summary>
    public CheckpointSettings? Checkpoints { get; set; }

    /// <summary>
    /// The memory, in bytes, that the cached training rows may take; not negative. A larger table goes to a temporary file in
    /// <c>MLContext.TempFilePath</c> that is gone when training ends. The budget does not change the model; one below 128 MB makes
    /// training on a larger table slower.
    /// </summary>
    public long MemoryBudget { get; set; } = new TrainingContext().MemoryBudget;

    /// <summary>Told after every epoch, on the training thread; the log of the <c>MLContext</c> is told in any case.</summary>
    public IProgress<TrainingProgress>? Progress { get; set; }

    /// <summary>
    /// All options of the model and its training. The properties below are a part of it: one that is not null replaces the value here,
    /// in whatever order they are set.
    /// </summary>
    public VaeOptions Model { get; set; } = new();

    /// <inheritdoc cref="VaeOptions.LatentDimension"/>
    public int? LatentDimension { get; set; }

    /// <inheritdoc cref="VaeOptions.HiddenLayers"/>
    public IReadOnlyList<int>? HiddenLayers { get; set; }

    /// <inheritdoc cref="VaeOptions.NoiseScale"/>
    public NoiseScaleOptions? NoiseScale { get; set; }

    /// <inheritdoc cref="VaeOptions.Regularizer"/>
    public RegularizerOptions? Regularizer { get; set; }

    /// <inheritdoc cref="VaeOptions.Epochs"/>
    public int? Epochs { get; set; }

    /// <inheritdoc cref="VaeOptions.BatchSize"/>
    public int? BatchSize { get; set; }

    /// <inheritdoc cref="VaeOptions.LearningRate"/>
    public double? LearningRate { get; set; }

    /// <inheritdoc cref="VaeOptions.ValidationFraction"/>
    public double? ValidationFraction { get; set; }

    /// <summary><see cref="Model"/> with what is set beside it.</summary>
    /// <param name="drawSeed">Gives a seed if none was chosen, here or there.</param>
    internal VaeOptions ToModelOptions(Func<int> drawSeed) => Model with
    {
        LatentDimension = LatentDimension ?? Model.LatentDimension,
        HiddenLayers = HiddenLayers ?? Model.HiddenLayers,
        NoiseScale = NoiseScale ?? Model.NoiseScale,
        Regularizer = Regularizer ?? Model.Regularizer,
        Epochs = Epochs ?? Model.Epochs,
        BatchSize = BatchSize ?? Model.BatchSize,
        LearningRate = LearningRate ?? Model.LearningRate,
        ValidationFraction = ValidationFraction ?? Model.ValidationFraction,
        Seed = Seed ?? (Model.IsSeedChosen ? Model.Seed : drawSeed()),
    };
}
