namespace Vae.Features;

/// <summary>
/// Mean and standard deviation of every slot over the training rows: (x − mean) / deviation goes into the network, and the way back comes out.
/// Binary and one-hot slots keep mean 0 and deviation 1; so does a slot without an observed value. A constant slot has deviation 1.
/// </summary>
internal sealed class Standardization
{
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

    /// <summary>x ↦ (x − mean) / deviation for one row; NaN stays NaN.</summary>
    public void Apply(ReadOnlySpan<float> row, Span<float> standardized)
    {
        for (int slot = 0; slot < row.Length; slot++)
            standardized[slot] = (float)((row[slot] - Means[slot]) * _reciprocals[slot]);
    }

    /// <summary>x ↦ mean + deviation · x for the modelled slots of one row.</summary>
    public void Undo(Span<float> row)
    {
        for (int slot = 0; slot < row.Length; slot++)
            row[slot] = (float)(Means[slot] + Deviations[slot] * row[slot]);
    }
}
