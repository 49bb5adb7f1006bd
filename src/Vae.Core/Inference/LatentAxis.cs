namespace Vae.Inference;

/// <summary>What one latent dimension is worth, measured on training rows.</summary>
/// <param name="Factor">
/// How far the decoded row moves, in standardized units, for each unit of the dimension: √(E_x Σ_j (∂x̂_j/∂z_d)²) at z = μ(x), one-hot and
/// binary slots as probabilities; held within 10⁻⁶ and 10⁶. μ times the factor has distances that mean something, because the prior makes
/// all dimensions equally wide, whatever they decode to.
/// </param>
/// <param name="Share">
/// The dimension's share of what is decoded, in [0, 1]: the variance of factor · μ over the rows, divided by the sum over all dimensions;
/// near 0 for a dimension that is not used. 0 everywhere where no dimension is.
/// </param>
public sealed record LatentAxis(double Factor, double Share);
