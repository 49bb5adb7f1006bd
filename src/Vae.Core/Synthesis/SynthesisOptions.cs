using Vae.Options;

namespace Vae.Synthesis;

/// <summary>How new rows are drawn from a trained model.</summary>
public sealed record SynthesisOptions
{
    /// <summary>The seed: row n of the same seed, model and options is the same row, whatever is drawn before it.</summary>
    public int Seed { get; init; }

    /// <summary>
    /// What the new rows have in columns: by the name of a feature (<see cref="VaeModel.Layout"/>; the part behind the last dots is enough
    /// where it is unique), a number, a <see cref="bool"/>, or the name of a category. The columns that a conditional VAE is conditioned on
    /// must all be here; other columns are conditioned on by importance resampling: candidates z weighted by p(x_c | z).
    /// </summary>
    public IReadOnlyDictionary<string, object> Where { get; init; } = new Dictionary<string, object>();

    /// <summary>Where latent vectors come from.</summary>
    public LatentSource Latents { get; init; }

    /// <summary>
    /// Whether each number is mapped, by ranks, to the distribution that it has in the training rows: the dependence between the columns is
    /// the model's and the marginals are the table's, as in a copula. Only where the model knows the quantiles
    /// (<see cref="Vae.Data.StandardizationMethod.Quantile"/>) and is not conditional.
    /// </summary>
    public bool MatchMarginals { get; init; } = true;

    /// <summary>
    /// Whether columns depend on one another beyond z, as far as that was measured on the training rows (in a model with
    /// <see cref="VaeOptions.MixtureComponents"/> of up to 512 slots): a decoder says that they are independent given z, and of what it
    /// leaves unexplained one column often tells another.
    /// </summary>
    public bool DependentNoise { get; init; } = true;

    /// <summary>Checks the options, as far as that needs no model.</summary>
    /// <exception cref="ArgumentException">One is not valid; the message names it.</exception>
    public void Validate()
    {
        ArgumentNullException.ThrowIfNull(Where);
        OptionCheck.Defined(Latents);
    }
}

/// <summary>Where the latent vectors of new rows come from.</summary>
public enum LatentSource
{
    /// <summary>The mixture if the model has one (<see cref="VaeOptions.MixtureComponents"/>), else the prior.</summary>
    Auto,

    /// <summary>N(0, I).</summary>
    Prior,

    /// <summary>The mixture that was fitted to the aggregate posterior.</summary>
    Mixture,
}
