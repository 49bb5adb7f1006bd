namespace Vae.Features;

/// <summary>
/// Mean and standard deviation of every slot over the training rows: (x − mean) / deviation goes into the network, and the way back comes out.
/// Binary and one-hot slots keep mean 0 and deviation 1; so does a slot without an observed value. A constant slot has deviation 1
/// (or, where its values are large, of their rounding).
/// </summary>
internal sealed class Standardization
{
    /// <summary>
    /// How many standard deviations from the mean a value can be: farther ones are taken to be this far, so that a network's sums and squares stay finite.
    /// Of n training rows none is farther than √n.
    /// </summary>
    public const double Farthest = 1e6;

    private readonly double[] _reciprocals;

    public Standardization(double[] means, double[] deviations)
    {
        Means = means;
        Deviations = deviations;
        _reciprocals = Array.ConvertAll(deviations, deviation => 1 / deviation);
    }

    /// <summary>One mean per slot of the row (conditions included), in original units.</summary>
    public double[] Means { get; }

    /// <summary>One positive standard deviation per slot of the row (conditions included), in original units.</summary>
    public double[] Deviations { get; }

    /// <summary>x ↦ (x − mean) / deviation for one row, held within ±<see cref="Farthest"/>; NaN stays NaN.</summary>
    public void Apply(ReadOnlySpan<float> row, Span<float> standardized)
    {
        for (int slot = 0; slot < row.Length; slot++)
            standardized[slot] = (float)Math.Clamp((row[slot] - Means[slot]) * _reciprocals[slot], -Farthest, Farthest);
    }

    /// <summary>x ↦ mean + deviation · x for the modelled slots of one row, held within the range of a float.</summary>
    public void Undo(Span<float> row)
    {
        for (int slot = 0; slot < row.Length; slot++)
            row[slot] = (float)Math.Clamp(Means[slot] + Deviations[slot] * row[slot], float.MinValue, float.MaxValue);
    }
}
