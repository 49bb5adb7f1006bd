using Vae.Data;

namespace Vae.Options;

/// <summary>
/// Everything that can be chosen about a VAE and its training. Whoever changes nothing gets a good embedding; the options travel with the
/// model. A value out of range is refused when training starts, by name. The type is long because each option is documented here.
/// </summary>
public sealed partial record VaeOptions
{
    private readonly LayerWidths _hiddenLayers = new([128, 128, 64]);
    private readonly ChosenSeed _seed;

    /// <summary>
    /// For new rows (<see cref="VaeModel.Synthesize"/>) rather than for an embedding: normal scores, so that the numbers are distributed as
    /// the table's; a noise scale for each of them; one category of each group; nothing hidden from the encoder; a latent space that holds
    /// more than the prior would allow, and a mixture that knows it. docs/make-test-data.md says how this was chosen.
    /// </summary>
    public static VaeOptions ForSynthesis { get; } = new()
    {
        InitialWeights = InitialWeightsKind.Random,
        Standardization = StandardizationMethod.Quantile,
        OneHotLikelihood = OneHotLikelihoodKind.Categorical,
        InputNoise = 0,
        InputMasking = 0,
        NoiseScale = NoiseScaleOptions.Learned(perSlot: true),
        Regularizer = RegularizerOptions.KullbackLeibler(beta: 0.5),
        MixtureComponents = 16,
    };

    /// <summary>k, the number of dimensions of the embedding; at least 1.</summary>
    public int LatentDimension { get; init; } = Defaults.LatentDimension;

    /// <summary>
    /// The widths of the encoder's hidden layers from the input to the bottleneck; the decoder mirrors them. Empty makes both linear.
    /// With <see cref="LinearBottleneck"/> the last of them is linear, so the default has two bends on either side. What is given is
    /// copied, and options with the same widths are equal.
    /// </summary>
    public IReadOnlyList<int> HiddenLayers
    {
        get => _hiddenLayers;
        init => _hiddenLayers = value is null ? null! : new LayerWidths(value);
    }

    /// <summary>The function after each hidden layer.</summary>
    public Activation Activation { get; init; } = Activation.GELU;

    /// <summary>
    /// Leaves out the activation of the hidden layers next to the bottleneck (from two hidden layers on), because an activation there
    /// folds the latent space.
    /// </summary>
    public bool LinearBottleneck { get; init; } = true;

    /// <summary>Batch normalization after every hidden dense layer (Ioffe &amp; Szegedy 2015).</summary>
    public bool BatchNormalization { get; init; }

    /// <summary>The part of each hidden layer's units that is dropped in a training step, in [0, 1).</summary>
    public double Dropout { get; init; }

    /// <summary>
    /// Where training begins, unless a trained model is given to begin from. Null, the default, is what serves the use:
    /// <see cref="InitialWeightsKind.PrincipalComponents"/> for an embedding, <see cref="InitialWeightsKind.Random"/> for the models of a
    /// detector or an imputer. The options of a trained model hold what was taken.
    /// </summary>
    public InitialWeightsKind? InitialWeights { get; init; }

    /// <summary>The units of the embedding that <see cref="VaeModel.Embed"/> gives: they change its distances and nothing else.</summary>
    public EmbeddingScale EmbeddingScale { get; init; }

    /// <summary>
    /// How numeric slots are standardized before they enter the network. <see cref="StandardizationMethod.MedianAndRange"/> is for
    /// training rows with outliers, together with <see cref="Robustness"/>: anomaly detection on data that is not known to be clean.
    /// </summary>
    public StandardizationMethod Standardization { get; init; }

    /// <summary>
    /// The standard deviation of Gaussian noise on the encoder's numeric input in training, in standardized units; 0 is none. The decoder
    /// must guess the clean values (denoising, Im et al. 2017). It makes the embedding of rows outside the training data smoother, and
    /// where the latent space could hold all numeric slots exactly it keeps the noise scale from falling towards 0, which would leave a
    /// plain autoencoder. Set 0 for density estimation.
    /// </summary>
    public double InputNoise { get; init; } = 0.2;

    /// <summary>
    /// The part of the groups' values that the encoder does not see in a training step and the decoder must guess, in [0, 1). It teaches
    /// the encoder what to make of missing values, and raises the likelihood of rows outside the training data. Set 0 for density
    /// estimation.
    /// </summary>
    public double InputMasking { get; init; } = 0.1;

    /// <summary>How numeric slots are reconstructed.</summary>
    public NumericLikelihoodKind NumericLikelihood { get; init; } = NumericLikelihoodKind.Gaussian;

    /// <summary>How one-hot groups are reconstructed.</summary>
    public OneHotLikelihoodKind OneHotLikelihood { get; init; } = OneHotLikelihoodKind.Bernoulli;

    /// <summary>Where the noise scale of the numeric slots comes from.</summary>
    public NoiseScaleOptions NoiseScale { get; init; } = NoiseScaleOptions.Learned();

    /// <summary>
    /// b ≥ 0 of the β-divergence that replaces −log p in the reconstruction term, so that outliers in the training rows lose their
    /// influence; 0 is −log p. Useful values are small, 0.001 to 0.1. The term shrinks by about the factor p^b, over a whole row
    /// (<see cref="RobustnessForm.PerRow"/>) the more the wider it is, while the KL divergence stays: where the posterior collapses
    /// (<see cref="VaeModel.Diagnosis"/> says so), take a smaller b or a larger <see cref="ReconstructionWeight"/>.
    /// </summary>
    public double Robustness { get; init; }

    /// <summary>What <see cref="Robustness"/> treats as one observation.</summary>
    public RobustnessForm RobustnessForm { get; init; }

    /// <summary>
    /// The largest number of components of a mixture of normal distributions that is fitted to the aggregate posterior after training, for
    /// new rows to be drawn from (<see cref="VaeModel.Synthesize"/>); 0 fits none. Each has at least 20 training rows.
    /// </summary>
    public int MixtureComponents { get; init; }

    /// <summary>The factor on the reconstruction term; positive. 1 is the ELBO.</summary>
    public double ReconstructionWeight { get; init; } = 1;

    /// <summary>What draws the posterior towards the prior.</summary>
    public RegularizerOptions Regularizer { get; init; } = RegularizerOptions.KullbackLeibler();

    /// <summary>How the regularizer's weight grows in the course of training.</summary>
    public WeightSchedule RegularizerSchedule { get; init; } = WeightSchedule.WarmUp(10);

    /// <summary>The largest number of passes over the training rows; at least 1.</summary>
    public int Epochs { get; init; } = Defaults.Epochs;

    /// <summary>
    /// The largest number of rows in a training step; at least 1. An epoch is cut into steps of nearly the same size. Null, the default,
    /// takes the power of two that is next to a 400th of the training rows, from 64 (up to 36,000 rows) to 1,024 (from 290,000 rows on),
    /// and multiplies <see cref="LearningRate"/> by √(rows / 64), but at most by 2. The options of a trained model hold what was taken.
    /// </summary>
    public int? BatchSize { get; init; }

    /// <summary>Adam's learning rate; positive. Where <see cref="BatchSize"/> is null, the rate of a step of 64 rows.</summary>
    public double LearningRate { get; init; } = 4e-3;

    /// <summary>How the learning rate changes.</summary>
    public LearningRateSchedule LearningRateSchedule { get; init; } = LearningRateSchedule.Cosine;

    /// <summary>Decoupled weight decay (Loshchilov &amp; Hutter 2019) of the dense layers' weights; not negative.</summary>
    public double WeightDecay { get; init; } = 1e-4;

    /// <summary>The norm above which the gradient of a step is scaled down; infinite for no clipping.</summary>
    public double GradientClipNorm { get; init; } = 10;

    /// <summary>The part of the rows that is held out to watch training, in [0, 0.9]; 0 watches nothing and trains all epochs.</summary>
    public double ValidationFraction { get; init; } = 0.1;

    /// <summary>
    /// The number of epochs without a better validation loss after which training ends; at least 1. The best weights are restored.
    /// </summary>
    public int EarlyStoppingPatience { get; init; } = 30;

    /// <summary>
    /// The number of steps without a better validation loss after which training ends, at the end of an epoch, if
    /// <see cref="EarlyStoppingPatience"/> has not ended it before; at least 1. Null, the default, counts no steps. Of use for tables so
    /// long that one epoch is many steps.
    /// </summary>
    public int? EarlyStoppingSteps { get; init; }

    /// <summary>Whether training may end before <see cref="Epochs"/> at all.</summary>
    public bool EarlyStopping { get; init; } = true;

    /// <summary>
    /// The seed of everything random. The managed trainer gives the same model for the same seed, data and options on one machine.
    /// </summary>
    public int Seed
    {
        get => _seed.Value;
        init => _seed = new ChosenSeed(value, IsChosen: true);
    }

    /// <summary>Whether the seed was chosen, even if that is the default.</summary>
    internal bool IsSeedChosen => _seed.IsChosen;

    /// <summary>The defaults that have to be constants, because optional parameters repeat them.</summary>
    public static class Defaults
    {
        /// <summary>The default of <see cref="VaeOptions.LatentDimension"/>.</summary>
        public const int LatentDimension = 8;

        /// <summary>The default of <see cref="VaeOptions.Epochs"/>.</summary>
        public const int Epochs = 200;
    }
}
